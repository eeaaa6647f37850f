// The drawing of accuracy against ε, with the names of the curves on them where there is room.
import { lineY, type RenderFunction } from '@observablehq/plot';
import { greatest, groups } from 'd3';
import { crossing, rowAt, type CurveRow } from '../../compute/results/curve.ts';
import { count, decimal, epsilon as writeEpsilon, of255, percent } from '../format.ts';
import type { FigurePlot } from './figure.ts';
import { band, drawLine, epsilonAxis, label, mark, percentTicks, points, writeText, yAxis } from './marks.ts';

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

export interface AccuracyData {
  /** Number of images behind each point. */
  images: number;
  series: readonly [AccuracySeries, ...AccuracySeries[]];
  /** Thin lines behind the others; their names stand in the values alone. */
  others?: readonly Pick<AccuracySeries, 'style' | 'name' | 'rows'>[];
  /** ε of the vertical line; it must be on the grid. The drawing ends there if all curves have fallen to a half. */
  marker?: number | undefined;
  /** k, if the second row of values under the axis is the step ε/k; otherwise it is ε of 255 grey levels. */
  stepsPerEpsilon?: number;
  /** Height of the wide drawing in pixels. */
  height?: number;
}

/** The curves with their 95 % Wilson bands, labelled where they are steep. Throws if the marker is off the grid. */
export function accuracyChart(data: AccuracyData, small: boolean): FigurePlot {
  const { images, series, others = [], marker, stepsPerEpsilon, height = 430 } = data;
  const end = endOf(data);
  const upToEnd = <Curve extends Pick<AccuracySeries, 'rows'>>(one: Curve): Curve => ({
    ...one,
    rows: one.rows.filter(({ epsilon }) => epsilon <= end),
  });
  const drawn = series.map(upToEnd);
  return {
    ...(small ? { height: 330, marginTop: 34, marginBottom: 64 } : { height, marginBottom: 70 }),
    x: { domain: [0, end] },
    y: { domain: [0, 1] },
    marks: [
      yAxis({
        ...percentTicks([0, 0.25, 0.5, 0.75, 1]),
        title: `Accuracy on ${count(images)} test images`,
      }),
      epsilonAxis(
        end,
        stepsPerEpsilon === undefined
          ? { format: of255, title: 'the same of 255' }
          : {
              format: (epsilon) => writeEpsilon(epsilon / stepsPerEpsilon),
              title: `_α_ = _ε_/${stepsPerEpsilon} per step`,
              className: 'iterative',
            },
      ),
      chanceLine,
      ...drawn.map(({ rows, style }) => band(rows, 'epsilon', style)).reverse(),
      ...groups(others.map(upToEnd), ({ style }) => style).map(([style, alike]) =>
        lineY(
          alike.flatMap(({ name, rows }) => rows.map((row) => ({ ...row, name }))),
          { x: 'epsilon', y: 'accuracy', z: 'name', className: `ln thin ${style}` },
        ),
      ),
      ...drawn.map(({ rows, style }) =>
        lineY(rows, { x: 'epsilon', y: 'accuracy', className: `ln ${style}` }),
      ),
      ...drawn.map(({ rows, style, short }) =>
        points(rows, {
          x: 'epsilon',
          y: 'accuracy',
          style,
          r: (style === 'fgsm' ? 1 : 1.1) * (small ? 2.6 : 3.4),
          title: ({ epsilon, accuracy }) => `ε = ${epsilon}, ${short} ${percent(accuracy)}`,
        }),
      ),
      marker === undefined ? null : curveMarker(marker, series, marker === end),
      ...curveLabels(drawn, small),
      // Left empty, on top: where a script draws what it computes.
      mark((g) => {
        g.attr('class', 'live');
      }),
    ],
  };
}

function endOf({ series, marker }: AccuracyData): number {
  if (marker !== undefined && series.every(({ half }) => half !== undefined && half < marker)) return marker;
  return Math.max(...series.flatMap(({ rows }) => rows.map(({ epsilon }) => epsilon)));
}

const chance = 0.1;

const chanceLine = mark((g, { y, width, marginLeft, marginRight }) => {
  const right = width - marginRight;
  drawLine(g, 'chance', { x1: marginLeft, x2: right, y1: y(chance), y2: y(chance) });
  const at = { x: right - 8, y: y(chance) - 6, anchor: 'end', className: 'lab q' } as const;
  writeText(g, `chance, ${percent(chance, 0)}`, at);
});

/**
 * Names on the steep part below the rule at a half, that of the curve which falls last right of it if there is room, the
 * others left; a key at the right where one of these falls too early to leave room.
 */
function curveLabels(series: readonly AccuracySeries[], small: boolean): RenderFunction[] {
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
function curveMarker(epsilon: number, series: readonly AccuracySeries[], left: boolean): RenderFunction {
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
