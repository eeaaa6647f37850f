// The drawing of accuracy against ε.
import { lineY } from '@observablehq/plot';
import { groups } from 'd3';
import { count, epsilon as writeEpsilon, of255, percent } from '../format.ts';
import { curveLabels, curveMarker, type AccuracySeries } from './curveLabels.ts';
import type { FigurePlot } from './figure.ts';
import { band, drawLine, epsilonAxis, mark, percentTicks, points, writeText, yAxis } from './marks.ts';

/** What the chart shows. */
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
      mark((g) => g.attr('class', 'live')),
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
