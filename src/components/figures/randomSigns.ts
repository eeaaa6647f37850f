// Steps of equal size in several directions: chance against the gradient.
import { dot, identity, ruleY, type RenderFunction } from '@observablehq/plot';
import { mean, range } from 'd3';
import { accuracy, curve, rowAt } from '../../compute/results/curve.ts';
import type { FgsmCurve, IterativeCurve } from '../../compute/results/schemas.ts';
import { count, percent, stepsName } from '../format.ts';
import { defineFigure } from './figure.ts';
import { mark, percentTicks, writeText, xAxis } from './marks.ts';

/** One way to move the pixels: an accuracy, or one for each random draw. */
interface Row {
  name: string;
  style: 'clean' | 'random' | 'fgsm' | 'iterative';
  accuracies: readonly number[];
}

/** Random signs and both attacks on the same images at each ε; an attack whose grid lacks that ε is left out. */
export const randomSigns = defineFigure({
  results: ['random-signs', 'fgsm-curve', 'iterative-curve'],
  data: ({ 'random-signs': random, 'fgsm-curve': fgsm, 'iterative-curve': iterative }) => {
    const { epsilons, indices, labels, predicted } = random;
    const at = ({ clipped }: FgsmCurve | IterativeCurve, epsilon: number) =>
      clipped.epsilons.includes(epsilon) ? [rowAt(curve(clipped), epsilon).accuracy] : [];
    const steps = stepsName(iterative.clipped.steps);
    const rows: Row[] = [
      { name: 'Unperturbed', style: 'clean', accuracies: [curve(fgsm.clipped)[0]!.accuracy] },
      ...epsilons.flatMap((epsilon, i): Row[] => {
        const draws = predicted[i]!.map((row) => accuracy(labels, row).value);
        return [
          { name: `_ε_ = ${epsilon}, random signs`, style: 'random', accuracies: draws },
          { name: `_ε_ = ${epsilon}, one step`, style: 'fgsm', accuracies: at(fgsm, epsilon) },
          { name: `_ε_ = ${epsilon}, ${steps}`, style: 'iterative', accuracies: at(iterative, epsilon) },
        ];
      }),
    ];
    return {
      /** The smallest size, of which the title speaks. */
      epsilon: epsilons[0]!,
      images: indices.length,
      rows: rows.filter(({ accuracies }) => accuracies.length > 0),
    };
  },
  title: ({ epsilon, rows: [, random, gradient] }) => {
    const left = ({ accuracies }: Row) => percent(mean(accuracies)!);
    const atRandom = `At _ε_ = ${epsilon} random signs leave ${left(random!)}`;
    return gradient?.style === 'fgsm' ? `${atRandom}, those of the gradient ${left(gradient)}` : atRandom;
  },
  description:
    'Accuracy on the unperturbed images, after draws of random signs and after the attacks, at two values of epsilon.',
  // On one axis of accuracy a dot, or a stroke for each random draw.
  draw: ({ rows, images }, small) => {
    const half = small ? 0.16 : 0.25;
    return {
      height: 8 + (small ? 48 : 36) * rows.length + 50,
      marginTop: 8,
      ...(small ? { marginLeft: 8, marginRight: 12 } : { marginLeft: 210, marginRight: 70 }),
      x: { domain: [0, 1] },
      y: { domain: [rows.length - 0.5, -0.5] },
      marks: [
        ruleY(range(rows.length), { className: 'rows' }),
        ...rows.map(({ style, accuracies }, i) => {
          if (style === 'random') return strokes(accuracies, i - half, i + half);
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
    };
  },
  table: ({ rows }) => ({
    header: ['signs', 'mean accuracy', 'lowest', 'highest'],
    print: [String, percent, percent, percent],
    rows: rows.map(({ name, accuracies }) => [
      name.replaceAll('_', ''),
      mean(accuracies)!,
      Math.min(...accuracies),
      Math.max(...accuracies),
    ]),
  }),
  values: ({ rows }) => ({
    header: ['signs', 'draw', 'accuracy'],
    rows: rows.flatMap(({ name, accuracies, style }) =>
      accuracies.map((accuracy, i) => [name.replaceAll('_', ''), style === 'random' ? i + 1 : '', accuracy]),
    ),
  }),
});

/** A stroke for each accuracy, equal ones once. */
function strokes(accuracies: readonly number[], from: number, to: number): RenderFunction {
  return mark((g, { x, y }) => {
    const paths = [...new Set(accuracies)].map((share) => `M${x(share)} ${y(from)}V${y(to)}`);
    return g.append('path').attr('class', 'draw').attr('d', paths.join('')).node();
  });
}

/** Name of each row at its left (over it on the small drawing), and its accuracy or their range beside the dots. */
function rowNames(rows: readonly Row[], small: boolean): RenderFunction {
  return mark((g, { x, y: toY, marginLeft }) => {
    rows.forEach(({ name, style, accuracies }, i) => {
      const y = toY(i) + 4.5;
      const [low, high] = [Math.min(...accuracies), Math.max(...accuracies)];
      const lowest = percent(low).replace(/\s%$/, '');
      const value = percent(low) === percent(high) ? percent(high) : `${lowest} to ${percent(high)}`;
      const className = style === 'iterative' ? 'lab iterative' : 'lab';
      if (small) {
        writeText(g, `${name}, ${value}`, { x: 0, y: toY(i) - 20, className });
        return;
      }
      writeText(g, name, { x: marginLeft - 14, y, anchor: 'end', className });
      if (high < 0.85) writeText(g, value, { x: x(high) + 12, y, anchor: 'start', className });
      else writeText(g, value, { x: x(low) - 12, y, anchor: 'end', className });
    });
  });
}
