// What is written on the accuracy curves: their names, on the curves where there is room, and what they are at a marked ε.
import type { RenderFunction } from '@observablehq/plot';
import { greatest } from 'd3';
import { crossing, rowAt, type CurveRow } from '../../compute/results/curve.ts';
import { decimal, percent } from '../format.ts';
import { drawLine, label, mark, writeText } from './marks.ts';

/** One curve of the chart. */
export interface AccuracySeries {
  /** Its look: one for each attack, one for what it is compared with. */
  style: 'fgsm' | 'iterative' | 'comparison';
  /** Label on the curve: "FGSM, one step". */
  name: string;
  /** Name within a line, at the marker and in the table: "FGSM". */
  short: string;
  rows: readonly CurveRow[];
  /** ε at which the curve falls to one half, if it does. */
  half: number | undefined;
}

/**
 * Names on the steep part below the rule at a half, that of the curve which falls last right of it if there is room, the
 * others left; a key at the right where one of these falls too early to leave room.
 */
export function curveLabels(series: readonly AccuracySeries[], small: boolean): RenderFunction[] {
  const last = greatest(series, ({ half = 1 }) => half);
  const crowded = ({ half = 1, rows }: AccuracySeries) => half < 0.14 * rows.at(-1)!.epsilon;
  if (series.some((one) => one !== last && crowded(one))) return [curveKey(series)];
  const roomy = ({ half = 0, rows }: AccuracySeries) => half < 0.7 * rows.at(-1)!.epsilon;
  return series.flatMap((one) => curveName(one, one === last && roomy(one), small));
}

/** Name and half-way ε; left of the curve on the small chart only the name, a word a line. */
function curveName({ name, style, rows, half }: AccuracySeries, right: boolean, small: boolean) {
  // The curve moves to the right as it falls: a label right of it starts where its last line is clear.
  const x = crossing(rows, right ? (small ? 0.33 : 0.36) : 0.5);
  const middle = rows[Math.floor(rows.length / 2)]!;
  const beside = middle.accuracy > 0.5 ? middle.accuracy - 0.04 : middle.accuracy + 0.18;
  const at = x === undefined ? { x: middle.epsilon, y: beside } : { x, y: 0.5 };
  const narrow = small && !right;
  const lines = (narrow ? name.split(' ') : [name]).map((text) => ({ text, look: `b ${style}` }));
  if (half !== undefined && !narrow) lines.push({ text: `half at _ε_ ≈ ${decimal(half, 3)}`, look: 'q' });
  return lines.map(({ text, look }, i) =>
    label(at, text, {
      dx: right ? 12 : small ? -8 : -16,
      dy: (small ? 16 : 19) * (i + 1),
      anchor: right ? 'start' : 'end',
      className: `lab ${look}`,
    }),
  );
}

/** A sample of each line with its name, at the right, half-way up. */
function curveKey(series: readonly AccuracySeries[]): RenderFunction {
  return mark((g, { y: toY, width, marginRight }) => {
    series.forEach(({ name, style }, i) => {
      const y = toY(0.5) + 19 * (i + 1);
      const x = width - marginRight - 130;
      g.append('path')
        .attr('class', `ln ${style}`)
        .attr('d', `M${x} ${y - 4.5}h24`);
      writeText(g, name, { x: x + 32, y, className: `lab b ${style}` });
    });
  });
}

/**
 * A line at ε, with ε and the accuracies at its left or right under the top rule.
 *
 * @throws if ε is not a row of each curve
 */
export function curveMarker(
  epsilon: number,
  series: readonly AccuracySeries[],
  left: boolean,
): RenderFunction {
  const lines = [
    { text: `_ε_ = ${decimal(epsilon, 3)}`, className: 'lab b' },
    ...series.map(({ rows, style, short }) => ({
      text: `${short} ${percent(rowAt(rows, epsilon).accuracy)}`,
      className: style === 'iterative' ? 'lab iterative' : 'lab',
    })),
  ];
  return mark((g, { x: toX, height, marginTop, marginBottom }) => {
    const x = toX(epsilon);
    drawLine(g, 'mk', { x1: x, x2: x, y1: marginTop - 6, y2: height - marginBottom + 5 });
    const at = left ? ({ x: x - 8, anchor: 'end' } as const) : { x: x + 8 };
    lines.forEach(({ text, className }, i) => {
      writeText(g, text, { ...at, y: marginTop + 18 + 17 * i, className });
    });
  });
}
