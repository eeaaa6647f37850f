// The difference of two accuracies on the same images, against ε.
import { areaY, lineY } from '@observablehq/plot';
import { ticks } from 'd3';
import { decimal, percentagePoints } from '../format.ts';
import type { FigureOptions, FigureTable } from './figureOptions.ts';
import type { FigureText } from './figureText.ts';
import { xAxis, yAxis } from './marks.ts';
import { plotFigure } from './plotFigure.ts';
import { points } from './points.ts';

/** A difference of shares with its 95 % interval for paired observations. */
export interface DifferenceRow {
  epsilon: number;
  value: number;
  low: number;
  high: number;
}

/** What the chart shows; the title says which accuracy is taken from which. */
export interface DifferenceData {
  axis: FigureText;
  rows: readonly DifferenceRow[];
}

/**
 * The difference in percentage points with its band, around a line at 0.
 *
 * @throws if there are fewer than two rows
 */
export function differenceChart({ axis, rows }: DifferenceData, options: FigureOptions): SVGSVGElement {
  if (rows.length < 2) throw new RangeError(`invalid rows: ${rows.length}, expected at least two`);
  const small = options.size === 'small';
  const low = Math.min(-0.001, ...rows.map((row) => row.low));
  const high = Math.max(0.001, ...rows.map((row) => row.high));
  const values = ticks(low, high, 5);
  const decimals = Math.max(
    ...values.map((value) => (String(Number((value * 100).toFixed(6))).split('.')[1] ?? '').length),
  );
  const maxEpsilon = Math.max(...rows.map(({ epsilon }) => epsilon));
  return plotFigure(options, {
    ...(small ? { width: 350, height: 270, marginLeft: 44 } : { width: 932, height: 300, marginLeft: 46 }),
    marginTop: 36,
    marginRight: small ? 10 : 5,
    marginBottom: 50,
    x: { domain: [0, maxEpsilon] },
    y: { domain: [low, high] },
    marks: [
      yAxis({
        ticks: values,
        axisAt: 0,
        format: (value) => (value > 0 ? '+' : '') + decimal(value * 100, decimals),
        title: axis,
      }),
      xAxis({ ticks: ticks(0, maxEpsilon, 5), format: String, title: '_ε_, largest change of a pixel' }),
      areaY(rows, { x: 'epsilon', y1: 'low', y2: 'high', className: 'band fgsm' }),
      lineY(rows, { x: 'epsilon', y: 'value', className: 'ln fgsm' }),
      points(rows, {
        x: ({ epsilon }) => epsilon,
        y: ({ value }) => value,
        className: 'fgsm',
        radius: small ? 2.6 : 3.4,
        title: ({ epsilon, value }) => `ε = ${epsilon}: ${percentagePoints(value)}`,
      }),
    ],
  });
}

/** A row for each ε. */
export function differenceTable({ rows }: DifferenceData): FigureTable {
  return {
    header: ['epsilon', 'difference', 'low', 'high'],
    rows: rows.map(({ epsilon, value, low, high }) => [epsilon, value, low, high]),
  };
}
