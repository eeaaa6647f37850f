// Steps of equal size in several directions: chance against the gradient.
import { dot, identity, ruleY, type RenderFunction } from '@observablehq/plot';
import { mean } from 'd3';
import { accuracy, curve, rowAt } from '../../compute/results/curve.ts';
import type { FgsmCurve, IterativeCurve } from '../../compute/results/schemas.ts';
import { count, percent, stepsName } from '../format.ts';
import { defineFigure, plotFigure, type FigureOptions, type FigureTable } from './figure.ts';
import { group, percentTicks, writeText, xAxis } from './marks.ts';

/** One way to move the pixels: an accuracy, or one for each random draw. */
interface RandomSignsRow {
  name: string;
  style: 'clean' | 'random' | 'fgsm' | 'iterative';
  accuracies: readonly number[];
}

/** Accuracies on the same images, steps of equal size together. */
export interface RandomSignsData {
  /** The smallest size, of which the title speaks. */
  epsilon: number;
  images: number;
  rows: readonly RandomSignsRow[];
}

/** Random signs and both attacks at each ε; an attack whose grid lacks that ε is left out. */
export const randomSigns = defineFigure({
  results: ['random-signs', 'fgsm-curve', 'iterative-curve'],
  data: ({ 'random-signs': random, 'fgsm-curve': fgsm, 'iterative-curve': iterative }): RandomSignsData => {
    const { epsilons, indices, labels, predicted } = random;
    const at = ({ clipped }: FgsmCurve | IterativeCurve, epsilon: number) =>
      clipped.epsilons.includes(epsilon) ? [rowAt(curve(clipped), epsilon).accuracy] : [];
    const rows: RandomSignsRow[] = [
      { name: 'Unperturbed', style: 'clean', accuracies: [curve(fgsm.clipped)[0]!.accuracy] },
      ...epsilons.flatMap((epsilon, i): RandomSignsRow[] => [
        {
          name: `_ε_ = ${epsilon}, random signs`,
          style: 'random',
          accuracies: predicted[i]!.map((row) => accuracy(labels, row).value),
        },
        { name: `_ε_ = ${epsilon}, one step`, style: 'fgsm', accuracies: at(fgsm, epsilon) },
        {
          name: `_ε_ = ${epsilon}, ${stepsName(iterative.clipped.steps)}`,
          style: 'iterative',
          accuracies: at(iterative, epsilon),
        },
      ]),
    ];
    return {
      epsilon: epsilons[0]!,
      images: indices.length,
      rows: rows.filter(({ accuracies }) => accuracies.length > 0),
    };
  },
  title: ({ epsilon, rows }) => {
    const left = (style: RandomSignsRow['style']) => {
      const row = rows.find((one) => one.style === style);
      return row && percent(mean(row.accuracies)!);
    };
    const gradient = rows[2]?.style === 'fgsm' ? left('fgsm') : undefined;
    const random = `At _ε_ = ${epsilon} random signs leave ${left('random')}`;
    return gradient === undefined ? random : `${random}, those of the gradient ${gradient}`;
  },
  description:
    'Accuracy on the unperturbed images, after draws of random signs and after the attacks, at two values of epsilon.',
  draw,
  table,
  values,
});

/** An accuracy, or the range of several. */
function written({ accuracies }: RandomSignsRow): string {
  const [low, high] = [Math.min(...accuracies), Math.max(...accuracies)].map((value) => percent(value));
  return low === high ? high! : `${low!.replace(/\s%$/, '')} to ${high}`;
}

/** A row for each way to move the pixels, on one axis of accuracy: a dot, or a stroke for each random draw. */
function draw({ rows, images }: RandomSignsData, options: FigureOptions): SVGSVGElement {
  const small = options.size === 'small';
  const height = small ? 48 : 36;
  const half = small ? 0.16 : 0.25;
  const places = rows.map((_row, i) => i);
  return plotFigure(options, {
    ...(small
      ? { width: 350, height: 8 + height * rows.length + 50, marginLeft: 8, marginRight: 12 }
      : { width: 932, height: 8 + height * rows.length + 50, marginLeft: 210, marginRight: 70 }),
    marginTop: 8,
    marginBottom: 50,
    x: { domain: [0, 1] },
    y: { domain: [rows.length - 0.5, -0.5] },
    marks: [
      ruleY(places, { className: 'rows' }),
      ...rows.map(({ style, accuracies }, i) => {
        if (style === 'random') return strokes(accuracies, { from: i - half, to: i + half });
        const symbol = style === 'iterative' ? 'square' : 'circle';
        return dot(accuracies, { x: identity, y: () => i, className: `pt ${style}`, r: 4.2, symbol });
      }),
      xAxis({
        ...percentTicks([0, 0.25, 0.5, 0.75, 1]),
        title: `accuracy on ${count(images)} test images`,
        flush: false,
      }),
      rowNames(rows, small),
    ],
  });
}

/** A stroke for each accuracy, equal ones once. */
function strokes(accuracies: readonly number[], { from, to }: { from: number; to: number }): RenderFunction {
  return (_index, scales, _values, _dimensions, context) => {
    const [y1, y2] = [Number(scales.y!(from)), Number(scales.y!(to))];
    const paths = [...new Set(accuracies)].map((share) => `M${Number(scales.x!(share))} ${y1}V${y2}`);
    return group(context).append('path').attr('class', 'draw').attr('d', paths.join('')).node();
  };
}

/** Name of each row at its left (over it on the small drawing), and its value beside the dots. */
function rowNames(rows: readonly RandomSignsRow[], small: boolean): RenderFunction {
  return (_index, scales, _values, { marginLeft }, context) => {
    const g = group(context);
    rows.forEach((row, i) => {
      const { name, style, accuracies } = row;
      const y = Number(scales.y!(i));
      const [low, high] = [Math.min(...accuracies), Math.max(...accuracies)];
      const value = written(row);
      const className = style === 'iterative' ? 'lab iterative' : 'lab';
      if (small) writeText(g, `${name}, ${value}`, { x: 0, y: y - 20, className });
      else {
        writeText(g, name, { x: marginLeft - 14, y: y + 4.5, anchor: 'end', className });
        const right = high < 0.85;
        const x = Number(scales.x!(right ? high : low)) + (right ? 12 : -12);
        writeText(g, value, { x, y: y + 4.5, anchor: right ? 'start' : 'end', className });
      }
    });
    return g.node();
  };
}

/** A row for each way to move the pixels. */
function table({ rows }: RandomSignsData): FigureTable {
  return {
    header: ['signs', 'mean accuracy', 'lowest', 'highest'],
    print: [String, percent, percent, percent],
    rows: rows.map(({ name, accuracies }) => [
      name.replaceAll('_', ''),
      mean(accuracies)!,
      Math.min(...accuracies),
      Math.max(...accuracies),
    ]),
  };
}

/** A row for each accuracy. */
function values({ rows }: RandomSignsData): FigureTable {
  return {
    header: ['signs', 'draw', 'accuracy'],
    rows: rows.flatMap(({ name, accuracies, style }) =>
      accuracies.map((accuracy, i) => [name.replaceAll('_', ''), style === 'random' ? i + 1 : '', accuracy]),
    ),
  };
}
