// What it costs the attacker to take signs from float32 cross-entropy in place of the margin: accuracy against ε.
import { areaY, dot, lineY } from '@observablehq/plot';
import { ticks } from 'd3';
import { correct } from '../../compute/results/curve.ts';
import { pairedDifference } from '../../compute/statistics.ts';
import { decimal, percentagePoints } from '../format.ts';
import { defineFigure, plotFigure, type FigureOptions, type FigureTable } from './figure.ts';
import { epsilonAxis, yAxis } from './marks.ts';

/** Accuracy under cross-entropy less that under the margin, with its 95 % interval for paired observations. */
export interface DifferenceRow {
  epsilon: number;
  value: number;
  low: number;
  high: number;
}

/** FGSM on the same images with the gradient of either loss. */
export const fgsmCrossEntropy = defineFigure({
  results: ['fgsm-curve'],
  data: ({ 'fgsm-curve': { clipped, crossEntropy } }): DifferenceRow[] =>
    clipped.epsilons.map((epsilon, i) => ({
      epsilon,
      ...pairedDifference(
        correct(crossEntropy.labels, crossEntropy.predicted[i]!),
        correct(clipped.labels, clipped.predicted[i]!),
      ),
    })),
  title: (rows) =>
    largest(rows).value === 0
      ? 'Wrong signs leave the curve where it is'
      : `Wrong signs move the curve by up to ${percentagePoints(largest(rows).value)}`,
  description:
    'Accuracy under float32 cross-entropy less that under the margin, against epsilon, with its paired interval.',
  draw,
  table,
});

/** The row of the largest difference, the first of equals. */
function largest(rows: readonly DifferenceRow[]): DifferenceRow {
  return rows.reduce((a, b) => (Math.abs(b.value) > Math.abs(a.value) ? b : a));
}

/**
 * The difference in percentage points with its band, around a line at 0.
 *
 * @throws if there are fewer than two rows
 */
function draw(rows: readonly DifferenceRow[], options: FigureOptions): SVGSVGElement {
  if (rows.length < 2) throw new RangeError(`invalid rows: ${rows.length}, expected at least two`);
  const small = options.size === 'small';
  const low = Math.min(-0.001, ...rows.map((row) => row.low));
  const high = Math.max(0.001, ...rows.map((row) => row.high));
  const values = ticks(low, high, 5);
  const decimals = Math.max(
    ...values.map((value) => (String(Number((value * 100).toFixed(6))).split('.')[1] ?? '').length),
  );
  const maxEpsilon = rows[rows.length - 1]!.epsilon;
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
        title: 'Accuracy, cross-entropy less margin, in points',
      }),
      epsilonAxis(maxEpsilon),
      areaY(rows, { x: 'epsilon', y1: 'low', y2: 'high', className: 'band fgsm' }),
      lineY(rows, { x: 'epsilon', y: 'value', className: 'ln fgsm' }),
      dot(rows, {
        x: 'epsilon',
        y: 'value',
        className: 'pt fgsm',
        r: small ? 2.6 : 3.4,
        title: ({ epsilon, value }: DifferenceRow) => `ε = ${epsilon}: ${percentagePoints(value)}`,
      }),
    ],
  });
}

/** A row for each ε. */
function table(rows: readonly DifferenceRow[]): FigureTable {
  const points = (value: number) => percentagePoints(value);
  return {
    header: ['epsilon', 'difference', 'low', 'high'],
    print: [(value) => decimal(value, 3), points, points, points],
    rows: rows.map(({ epsilon, value, low, high }) => [epsilon, value, low, high]),
  };
}
