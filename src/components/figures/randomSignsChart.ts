// Steps of one size in several directions: chance against the gradient.
import { ruleX, ruleY } from '@observablehq/plot';
import { count, percent } from '../format.ts';
import type { FigureOptions, FigureTable } from './figureOptions.ts';
import { group, writeText, xAxis } from './marks.ts';
import { plotFigure, type FigurePlot } from './plotFigure.ts';
import { points } from './points.ts';

/** Accuracies on the same images, all steps of the same size. */
export interface RandomSignsData {
  epsilon: number;
  images: number;
  rows: readonly RandomSignsRow[];
}

/** One way to move the pixels: an accuracy, or one for each random draw. */
export interface RandomSignsRow {
  name: string;
  style: 'clean' | 'random' | 'fgsm' | 'iterative';
  accuracies: readonly number[];
}

/**
 * A row for each way to move the pixels, on one axis of accuracy: a dot, or a stroke for each random draw.
 *
 * @throws if a row has no accuracy
 */
export function randomSignsChart({ rows, images }: RandomSignsData, options: FigureOptions): SVGSVGElement {
  const empty = rows.find(({ accuracies }) => accuracies.length === 0);
  if (empty) throw new RangeError(`invalid accuracies: none for "${empty.name}", expected at least one`);
  const small = options.size === 'small';
  const height = small ? 52 : 44;
  const places = rows.map((_row, i) => i);
  const share = (value: number) => (value === 1 ? percent(1, 0) : String(Math.round(value * 100)));
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
      ...rows.map(({ style, accuracies, name }, i) => {
        const x = (accuracy: number) => accuracy;
        const title = (accuracy: number) => `${name}: ${percent(accuracy)}`;
        if (style === 'random')
          return ruleX(accuracies, { x, y1: i - 0.25, y2: i + 0.25, className: 'draw', title });
        const symbol = style === 'iterative' ? 'square' : 'circle';
        return points(accuracies, { x, y: () => i, className: style, radius: 4.2, symbol, title });
      }),
      xAxis({
        ticks: [0, 0.25, 0.5, 0.75, 1],
        format: share,
        title: `accuracy on ${count(images)} test images`,
        flush: false,
      }),
      rowNames(rows, small),
    ],
  });
}

/** Name of each row at its left (over it on the small drawing), and its value beside the dots. */
function rowNames(rows: readonly RandomSignsRow[], small: boolean): FigurePlot['marks'][number] {
  return (_index, scales, _values, { marginLeft }, context) => {
    const g = group(context);
    rows.forEach(({ name, style, accuracies }, i) => {
      const y = Number(scales.y!(i));
      const [low, high] = [Math.min(...accuracies), Math.max(...accuracies)];
      const value = low === high ? percent(low) : `${percent(low).replace(/\s%$/, '')} to ${percent(high)}`;
      const className = style === 'iterative' ? 'lab iterative' : 'lab';
      if (small) writeText(g, `${name}, ${value}`, { x: 0, y: y - 14, className });
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

/** A row for each accuracy. */
export function randomSignsTable({ rows }: RandomSignsData): FigureTable {
  return {
    header: ['signs', 'draw', 'accuracy'],
    rows: rows.flatMap(({ name, accuracies, style }) =>
      accuracies.map((accuracy, i) => [name, style === 'random' ? i + 1 : '', accuracy]),
    ),
  };
}
