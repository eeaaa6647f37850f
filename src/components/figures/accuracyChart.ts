// Accuracy against ε: the graphs of questions 2 and 4, and their comparisons.
import { areaY, lineY } from '@observablehq/plot';
import { ticks } from 'd3';
import { count, percent } from '../format.ts';
import { accuracyMarker } from './accuracyMarker.ts';
import type { AccuracySeries } from './accuracySeries.ts';
import { curveKey, curveLabels } from './curveLabels.ts';
import type { FigureOptions, FigureTable } from './figureOptions.ts';
import type { FigureText } from './figureText.ts';
import { drawLine, group, writeText, xAxis, yAxis } from './marks.ts';
import { plotFigure, type FigurePlot } from './plotFigure.ts';
import { points } from './points.ts';

/** What the chart shows. */
export interface AccuracyData {
  /** Number of images behind each point. */
  images: number;
  series: readonly AccuracySeries[];
  /** ε of the vertical line; it must be on the grid. */
  marker?: number | undefined;
  /** Second row of values under the axis: ε of 255 grey levels, or the step ε/k. */
  secondRow: 'levels' | { steps: number };
  /** Height of the wide drawing in pixels. */
  height?: number;
}

const symbols = { fgsm: 'circle', iterative: 'square', comparison: 'triangle' } as const;
const chance = 0.1;

/**
 * The curves with their 95 % Wilson bands, labelled where they are steep.
 *
 * @throws if there is no curve, or a curve without rows
 */
export function accuracyChart(data: AccuracyData, options: FigureOptions): SVGSVGElement {
  const { series, marker, secondRow } = data;
  if (series.length === 0 || series.some(({ rows }) => rows.length < 2)) {
    const found = series.map(({ rows }) => rows.length).join(', ');
    throw new RangeError(`invalid curves: rows [${found}], expected at least one curve of at least two rows`);
  }
  const small = options.size === 'small';
  const maxEpsilon = Math.max(...series.flatMap(({ rows }) => rows.map(({ epsilon }) => epsilon)));
  const reversed = [...series].reverse();
  return plotFigure(options, {
    ...(small
      ? { width: 350, height: 330, marginTop: 34, marginRight: 10, marginBottom: 64, marginLeft: 38 }
      : {
          width: 932,
          height: data.height ?? 430,
          marginTop: 36,
          marginRight: 5,
          marginBottom: 70,
          marginLeft: 46,
        }),
    x: { domain: [0, maxEpsilon] },
    y: { domain: [0, 1] },
    marks: [
      yAxis({
        ticks: [0, 0.25, 0.5, 0.75, 1],
        format: (share) => (share === 1 ? percent(1, 0) : String(share * 100)),
        title: `Accuracy on ${count(data.images)} test images`,
      }),
      xAxis({
        ticks: ticks(0, maxEpsilon, 5),
        format: String,
        second:
          secondRow === 'levels'
            ? { format: (epsilon) => String(Number((epsilon * 255).toFixed(1))) }
            : {
                format: (epsilon) => String(Number((epsilon / secondRow.steps).toFixed(4))),
                className: 'iterative',
              },
        title: axisTitle(secondRow),
      }),
      chanceLine,
      ...reversed.map(({ rows, style }) =>
        areaY(rows, { x: 'epsilon', y1: 'low', y2: 'high', className: `band ${style}` }),
      ),
      ...series.map(({ rows, style }) =>
        lineY(rows, { x: 'epsilon', y: 'accuracy', className: `ln ${style}` }),
      ),
      ...series.map(({ rows, style, short }) =>
        points(rows, {
          x: (row) => row.epsilon,
          y: (row) => row.accuracy,
          className: style,
          symbol: symbols[style],
          radius: (style === 'fgsm' ? 1 : 1.1) * (small ? 2.6 : 3.4),
          title: (row) => `ε = ${row.epsilon}, ${short} ${percent(row.accuracy)}`,
          data: (row) => ({ epsilon: row.epsilon, accuracy: row.accuracy, attack: style }),
        }),
      ),
      ...(marker === undefined ? [] : [accuracyMarker(marker, { series, maxEpsilon, small })]),
      ...(small && marker === undefined && series.length > 1
        ? [curveKey(series)]
        : curveLabels(series, small)),
      liveLayer,
    ],
  });
}

/** Says what the values under the axis are. */
function axisTitle(secondRow: AccuracyData['secondRow']): FigureText {
  const common = '_ε_, largest change of a pixel; below, ';
  if (secondRow === 'levels') return `${common}the same of 255`;
  return [common, { text: `_α_ = _ε_/${secondRow.steps} per step`, className: 'iterative' }];
}

/** Left empty, on top: where a script draws what it computes. */
const liveLayer: FigurePlot['marks'][number] = (_i, _s, _v, _d, context) => group(context, 'live').node();

const chanceLine: FigurePlot['marks'][number] = (_i, scales, _v, dimensions, context) => {
  const { width, marginLeft, marginRight } = dimensions;
  const y = Number(scales.y!(chance));
  const g = group(context);
  drawLine(g, 'chance', { x1: marginLeft, x2: width - marginRight, y1: y, y2: y });
  const at = { x: width - marginRight, y: y - 6, anchor: 'end' as const, className: 'lab q' };
  writeText(g, `chance, ${percent(chance, 0)}`, at);
  return g.node();
};

/** A row for each ε: its value of 255, then accuracy and interval of each curve. */
export function accuracyTable({ series }: AccuracyData): FigureTable {
  return {
    header: [
      'epsilon',
      'of 255',
      ...series.flatMap(({ short }) => [short, `${short}, low`, `${short}, high`]),
    ],
    rows: series[0]!.rows.map(({ epsilon }, i) => [
      epsilon,
      epsilon * 255,
      ...series.flatMap(({ rows }) => [rows[i]!.accuracy, rows[i]!.low, rows[i]!.high]),
    ]),
  };
}
