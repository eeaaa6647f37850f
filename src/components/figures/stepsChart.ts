// The chart under the film strip: p of the true class and of its rival after each step.
import { lineY } from '@observablehq/plot';
import { probability } from '../format.ts';
import type { FigureOptions, FigureTable } from './figureOptions.ts';
import { label, xAxis, yAxis } from './marks.ts';
import { plotFigure } from './plotFigure.ts';
import { points } from './points.ts';

/** Probabilities of two classes along an attack. */
export interface StepsData {
  label: number;
  /** The strongest other class after the last step. */
  rival: number;
  /** One entry for each image x₀ … x_k. */
  path: readonly { step: number; label: number; rival: number; loss: number }[];
}

/**
 * p(true) and p(rival) against the step; in the wide drawing the points stand under columns of 140 pixels.
 *
 * @throws if the path has fewer than two images
 */
export function stepsChart(data: StepsData, options: FigureOptions): SVGSVGElement {
  const { path } = data;
  if (path.length < 2) throw new RangeError(`invalid path: ${path.length} images, expected at least two`);
  const small = options.size === 'small';
  const last = path.length - 1;
  const curves = (['label', 'rival'] as const).map((key) => ({
    key,
    style: key === 'label' ? 'true' : 'fooled',
    digit: data[key],
    values: path.map((at) => at[key]),
  }));
  const format = (value: number) => String(value);
  return plotFigure(options, {
    ...(small ? { width: 350, height: 170 } : { width: 932, height: 150 }),
    marginTop: 14,
    marginRight: 0,
    marginBottom: small ? 26 : 10,
    marginLeft: 0,
    x: { domain: [0, last], range: small ? [22, 327] : [70, 862] },
    y: { domain: [0, 1] },
    marks: [
      yAxis({ ticks: [0, 0.5, 1], format, inside: true }),
      ...(small ? [xAxis({ ticks: path.map(({ step }) => step), format, flush: false })] : []),
      ...curves.map(({ style, values }) =>
        lineY(values, { x: (_value, i) => i, y: (value: number) => value, className: `ln ${style}` }),
      ),
      ...curves.map(({ key, style, digit }) =>
        points(path, {
          x: (at) => at.step,
          y: (at) => at[key],
          className: style,
          radius: 4,
          title: (at) => `step ${at.step}, p(${digit}) ${probability(at[key])}`,
        }),
      ),
      ...curves.map(({ key, style, digit, values }) => {
        const text = `_p_(${digit})`;
        const className = `lab b ${style}`;
        if (key === 'label') return label(steepest(values), text, { dx: 8, dy: -10, className });
        const at = { x: last - 1, y: values[last - 1]! };
        return label(at, text, { dx: -4, dy: at.y > 0.5 ? 26 : -12, anchor: 'middle', className });
      }),
    ],
  });
}

/** Middle of the step in which the values fall most. */
function steepest(values: readonly number[]): { x: number; y: number } {
  let best = 1;
  for (let i = 2; i < values.length; i++) {
    if (values[i - 1]! - values[i]! > values[best - 1]! - values[best]!) best = i;
  }
  return { x: best - 0.5, y: (values[best - 1]! + values[best]!) / 2 };
}

/** A row for each step: both probabilities and the loss. */
export function stepsTable({ label, rival, path }: StepsData): FigureTable {
  return {
    header: ['step', `p(${label})`, `p(${rival})`, 'loss'],
    rows: path.map((at) => [at.step, at.label, at.rival, at.loss]),
  };
}
