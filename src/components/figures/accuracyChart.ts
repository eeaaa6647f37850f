// The drawing of accuracy against ε.
import { areaY, dot, lineY, type RenderFunction } from '@observablehq/plot';
import { groups, ticks } from 'd3';
import { count, epsilon as writeEpsilon, of255, percent } from '../format.ts';
import { curveLabels, curveMarker, type AccuracySeries } from './curveLabels.ts';
import { plotFigure, type FigureOptions } from './figure.ts';
import { drawLine, group, percentTicks, writeText, xAxis, yAxis } from './marks.ts';

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

const symbols = { fgsm: 'circle', iterative: 'square', comparison: 'triangle' } as const;
const chance = 0.1;

/** The curves with their 95 % Wilson bands, labelled where they are steep. Throws if the marker is off the grid. */
export function accuracyChart(data: AccuracyData, options: FigureOptions): SVGSVGElement {
  const { images, series, others = [], marker, stepsPerEpsilon, height = 430 } = data;
  const small = options.size === 'small';
  const end = endOf(data);
  const upToEnd = <Curve extends Pick<AccuracySeries, 'rows'>>(one: Curve): Curve => ({
    ...one,
    rows: one.rows.filter(({ epsilon }) => epsilon <= end),
  });
  const drawn = series.map(upToEnd);
  const frame = small
    ? { width: 350, height: 330, marginTop: 34, marginRight: 10, marginBottom: 64, marginLeft: 38 }
    : { width: 932, height, marginTop: 36, marginRight: 5, marginBottom: 70, marginLeft: 46 };
  return plotFigure(options, {
    ...frame,
    x: { domain: [0, end] },
    y: { domain: [0, 1] },
    marks: [
      yAxis({
        ...percentTicks([0, 0.25, 0.5, 0.75, 1]),
        title: `Accuracy on ${count(images)} test images`,
      }),
      doubleAxis(end, stepsPerEpsilon),
      chanceLine,
      ...drawn
        .map(({ rows, style }) =>
          areaY(rows, { x: 'epsilon', y1: 'low', y2: 'high', className: `band ${style}` }),
        )
        .reverse(),
      ...groups(others.map(upToEnd), ({ style }) => style).map(([style, alike]) =>
        lineY(
          alike.flatMap(({ name, rows }) => rows.map((row) => ({ ...row, name }))),
          { x: 'epsilon', y: 'accuracy', z: 'name', className: `ln thin ${style}` },
        ),
      ),
      ...drawn.map(({ rows, style }) =>
        lineY(rows, { x: 'epsilon', y: 'accuracy', className: `ln ${style}` }),
      ),
      ...drawn.map(({ rows, style, short: name }) =>
        dot(rows, {
          x: 'epsilon',
          y: 'accuracy',
          className: `pt ${style}`,
          symbol: symbols[style],
          r: (style === 'fgsm' ? 1 : 1.1) * (small ? 2.6 : 3.4),
          title: ({ epsilon, accuracy }: AccuracySeries['rows'][number]) =>
            `ε = ${epsilon}, ${name} ${percent(accuracy)}`,
        }),
      ),
      marker === undefined ? null : curveMarker(marker, { series, left: marker === end }),
      ...curveLabels(drawn, small),
      liveLayer,
    ],
  });
}

function endOf({ series, marker }: AccuracyData): number {
  if (marker !== undefined && series.every(({ half }) => half !== undefined && half < marker)) return marker;
  return Math.max(...series.flatMap(({ rows }) => rows.map(({ epsilon }) => epsilon)));
}

/** ε, and below it the same of 255 or what the attack moves a pixel in one of its steps. */
function doubleAxis(end: number, steps: number | undefined): RenderFunction {
  const title = '_ε_, largest change of a pixel; below, ';
  const axis = { ticks: ticks(0, end, 10 * end), format: String };
  if (steps === undefined)
    return xAxis({ ...axis, second: { format: of255 }, title: `${title}the same of 255` });
  return xAxis({
    ...axis,
    second: { format: (epsilon) => writeEpsilon(epsilon / steps), className: 'iterative' },
    title: [title, { text: `_α_ = _ε_/${steps} per step`, className: 'iterative' }],
  });
}

const chanceLine: RenderFunction = (_i, scales, _v, { width, marginLeft, marginRight }, context) => {
  const y = Number(scales.y!(chance));
  const g = group(context);
  drawLine(g, 'chance', { x1: marginLeft, x2: width - marginRight, y1: y, y2: y });
  const at = { x: width - marginRight - 8, y: y - 6, anchor: 'end', className: 'lab q' } as const;
  writeText(g, `chance, ${percent(chance, 0)}`, at);
  return g.node();
};

/** Left empty, on top: where a script draws what it computes. */
const liveLayer: RenderFunction = (_i, _s, _v, _d, context) => group(context, 'live').node();
