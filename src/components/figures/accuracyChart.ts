// The drawing of accuracy against ε.
import { areaY, dot, lineY, type RenderFunction } from '@observablehq/plot';
import { ticks } from 'd3';
import { count, epsilon as writeEpsilon, of255, percent } from '../format.ts';
import { xAxis, yAxis } from './axes.ts';
import { curveLabels, curveMarker, type AccuracySeries } from './curveLabels.ts';
import type { FigureOptions } from './figure.ts';
import { drawLine, group, writeText } from './marks.ts';
import { plotFigure } from './plotFigure.ts';

/** What the chart shows. */
export interface AccuracyData {
  /** Number of images behind each point. */
  images: number;
  series: readonly [AccuracySeries, ...AccuracySeries[]];
  /** ε of the vertical line; it must be on the grid. */
  marker?: number | undefined;
  /** k, if the second row of values under the axis is the step ε/k; otherwise it is ε of 255 grey levels. */
  stepsPerEpsilon?: number;
  /** Height of the wide drawing in pixels. */
  height?: number;
}

const symbols = { fgsm: 'circle', iterative: 'square', comparison: 'triangle' } as const;
const chance = 0.1;

/**
 * The curves with their 95 % Wilson bands, labelled where they are steep.
 *
 * @throws if a curve has fewer than two rows, or the marker is off the grid
 */
export function accuracyChart(data: AccuracyData, options: FigureOptions): SVGSVGElement {
  const { images, series, marker, stepsPerEpsilon, height = 430 } = data;
  const short = series.find(({ rows }) => rows.length < 2);
  if (short) {
    throw new RangeError(`invalid curve "${short.name}": ${short.rows.length} rows, expected at least two`);
  }
  const small = options.size === 'small';
  const maxEpsilon = Math.max(...series.flatMap(({ rows }) => rows.map(({ epsilon }) => epsilon)));
  const frame = small
    ? { width: 350, height: 330, marginTop: 34, marginRight: 10, marginBottom: 64, marginLeft: 38 }
    : { width: 932, height, marginTop: 36, marginRight: 5, marginBottom: 70, marginLeft: 46 };
  return plotFigure(options, {
    ...frame,
    x: { domain: [0, maxEpsilon] },
    y: { domain: [0, 1] },
    marks: [
      yAxis({
        ticks: [0, 0.25, 0.5, 0.75, 1],
        format: (share) => (share === 1 ? percent(1, 0) : String(share * 100)),
        title: `Accuracy on ${count(images)} test images`,
      }),
      epsilonAxis(maxEpsilon, stepsPerEpsilon),
      chanceLine,
      ...series
        .map(({ rows, style }) =>
          areaY(rows, { x: 'epsilon', y1: 'low', y2: 'high', className: `band ${style}` }),
        )
        .reverse(),
      ...series.map(({ rows, style }) =>
        lineY(rows, { x: 'epsilon', y: 'accuracy', className: `ln ${style}` }),
      ),
      ...series.map(({ rows, style, short: name }) =>
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
      marker === undefined ? null : curveMarker(marker, { series, maxEpsilon, small }),
      ...curveLabels(series, { small, marker }),
      liveLayer,
    ],
  });
}

/** ε, and below it the same of 255 or what the attack moves a pixel in one of its steps. */
function epsilonAxis(maxEpsilon: number, steps: number | undefined): RenderFunction {
  const title = '_ε_, largest change of a pixel; below, ';
  const axis = { ticks: ticks(0, maxEpsilon, 5), format: String };
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
  const at = { x: width - marginRight, y: y - 6, anchor: 'end', className: 'lab q' } as const;
  writeText(g, `chance, ${percent(chance, 0)}`, at);
  return g.node();
};

/** Left empty, on top: where a script draws what it computes. */
const liveLayer: RenderFunction = (_i, _s, _v, _d, context) => group(context, 'live').node();
