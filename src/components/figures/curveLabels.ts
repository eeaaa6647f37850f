// What is written on the accuracy curves: their names, on the curves where there is room, and what they are at a marked ε.
import type { RenderFunction } from '@observablehq/plot';
import { crossing, rowAt, type CurveRow } from '../../compute/results/curve.ts';
import { decimal, percent } from '../format.ts';
import { appendText, drawLine, group, label, writeText } from './marks.ts';

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
 * Names on the steep part, that of the curve which falls last right of it, the others left; a key at the right where
 * one of these falls too early to leave room, or on the small chart where no marker takes its place.
 */
export function curveLabels(
  series: readonly AccuracySeries[],
  { small, marker }: { small: boolean; marker: number | undefined },
): RenderFunction[] {
  const last = [...series].sort((a, b) => (b.half ?? 1) - (a.half ?? 1))[0];
  const others = series.filter((one) => one !== last);
  const crowded = (one: AccuracySeries) => leftPlace(one).x < 0.12 * endOf(one);
  if (others.some((one) => crowded(one) || (small && marker === undefined))) return [curveKey(series)];
  return series.flatMap((one) => (one === last ? rightLabel(one, small) : leftLabel(one, small)));
}

function endOf({ rows }: AccuracySeries): number {
  return rows[rows.length - 1]!.epsilon;
}

/** Middle of the axis, just off a curve that does not fall so far. */
function beside({ rows }: AccuracySeries): { x: number; y: number } {
  const { epsilon, accuracy } = rows[Math.floor(rows.length / 2)]!;
  return { x: epsilon, y: accuracy > 0.5 ? accuracy - 0.08 : accuracy + 0.1 };
}

/** Name and half-way ε; two lines of text, clear of the curve at the height of the second. */
function rightLabel(one: AccuracySeries, small: boolean): RenderFunction[] {
  const { name, style, rows, half } = one;
  const x = crossing(rows, small ? 0.37 : 0.4);
  const at = x === undefined ? beside(one) : { x, y: 0.47 };
  const dx = small ? 7 : 12;
  const labels = [label(at, name, { dx, className: `lab b ${style}` })];
  if (half === undefined) return labels;
  const text = `half at _ε_ ≈ ${decimal(half, 3)}`;
  return [...labels, label(at, text, { dx, dy: small ? 17 : 19, className: 'lab q' })];
}

/** On the curve where there is room left of it: lower if it falls early. */
function leftPlace(one: AccuracySeries): { x: number; y: number } {
  const y = (one.half ?? 1) < 0.16 * endOf(one) ? 0.24 : 0.47;
  const x = crossing(one.rows, y + 0.04);
  return x === undefined ? beside(one) : { x, y };
}

/** The name, a word a line on the small chart, and half-way ε. */
function leftLabel(one: AccuracySeries, small: boolean): RenderFunction[] {
  const { name, style, half } = one;
  const at = leftPlace(one);
  const bold = `lab b ${style}`;
  if (small) {
    return name
      .split(' ')
      .map((word, i) => label(at, word, { dx: -8, dy: 15 * i, anchor: 'end', className: bold }));
  }
  const labels = [label(at, name, { dx: -18, anchor: 'end', className: bold })];
  if (half === undefined) return labels;
  const text = `half at _ε_ ≈ ${decimal(half, 3)}`;
  return [...labels, label(at, text, { dx: -18, dy: 19, anchor: 'end', className: 'lab q' })];
}

/** A sample of each line with its name, at the right, under the top of the plot. */
function curveKey(series: readonly AccuracySeries[]): RenderFunction {
  return (_index, _scales, _values, { width, marginTop, marginRight }, context) => {
    const g = group(context);
    series.forEach(({ name, style }, i) => {
      const y = marginTop + 22 + 20 * i;
      const x = width - marginRight - 130;
      g.append('path').attr('class', `ln ${style}`).attr('d', `M${x} ${y}h24`);
      writeText(g, name, { x: x + 32, y: y + 4.5, className: `lab b ${style}` });
    });
    return g.node();
  };
}

/**
 * A line at ε, with ε and the accuracies at its top: right of it in the middle of the axis, left of it towards the end,
 * over the plot towards the start, where the curves take the room beside it.
 *
 * @throws if ε is not a row of each curve
 */
export function curveMarker(
  epsilon: number,
  { series, maxEpsilon, small }: { series: readonly AccuracySeries[]; maxEpsilon: number; small: boolean },
): RenderFunction {
  const lines = [
    { text: `_ε_ = ${decimal(epsilon, 3)}`, className: 'lab b' },
    ...series.map(({ rows, style, short }) => ({
      text: `${short} ${percent(rowAt(rows, epsilon).accuracy)}`,
      className: style === 'iterative' ? 'lab iterative' : 'lab',
    })),
  ];
  return (_index, scales, _values, { width, height, marginTop, marginRight, marginBottom }, context) => {
    const x = Number(scales.x!(epsilon));
    const g = group(context);
    drawLine(g, 'mk', { x1: x, x2: x, y1: marginTop - 6, y2: height - marginBottom + 5 });
    if (epsilon < 0.4 * maxEpsilon) {
      // One line at the right of the axis title; there is no room for ε itself on the small chart.
      const shown = small ? lines.slice(1) : lines;
      const text = writeText(g, '', { x: width - marginRight, y: 16, anchor: 'end', className: 'lab' });
      shown.forEach((line, i) => {
        const separated = `${i > 0 ? ' · ' : ''}${line.text}`;
        appendText(text.append('tspan').attr('class', line.className), separated);
      });
      return g.node();
    }
    const left = epsilon > 0.8 * maxEpsilon;
    lines.forEach(({ text, className }, i) => {
      const y = marginTop + 6 + 18 * i;
      if (left) writeText(g, text, { x: x - 7, y, anchor: 'end', className });
      else writeText(g, text, { x: x + 7, y, className });
    });
    return g.node();
  };
}
