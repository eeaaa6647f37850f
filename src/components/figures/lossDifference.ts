// What it costs the attacker to take signs from the cross-entropy in float32 in place of the margin: accuracy against ε.
import { lineY } from '@observablehq/plot';
import { greatest, ticks } from 'd3';
import { correct } from '../../compute/results/curve.ts';
import { pairedDifference } from '../../compute/statistics.ts';
import { decimal, percentagePoints } from '../format.ts';
import { defineFigure } from './figure.ts';
import { band, endLabels, epsilonAxis, points, yAxis } from './marks.ts';
import { lossNames } from './precision.ts';

/**
 * FGSM on the same images: accuracy under the gradient of the cross-entropy less that under the margin's, with its 95 %
 * interval for paired observations, for both ways of writing the cross-entropy.
 */
export const fgsmCrossEntropy = defineFigure({
  results: ['precision', 'fgsm-curve'],
  data: ({ precision: { logSoftmax }, 'fgsm-curve': { clipped, crossEntropy } }) =>
    [
      { name: lossNames.crossEntropy, style: 'comparison', sweep: crossEntropy },
      { name: lossNames.logSoftmax, style: 'fgsm', sweep: logSoftmax },
    ].map(({ sweep, ...look }) => ({
      ...look,
      rows: clipped.epsilons.map((epsilon, i) => {
        const [left, base] = [sweep, clipped].map((one) => correct(one.labels, one.predicted[i]!));
        return { epsilon, ...pairedDifference(left!, base!) };
      }),
    })),
  title: (series) => {
    const largest = series.map(({ name, rows }) => {
      const { value } = greatest(rows, (row) => Math.abs(row.value))!;
      return `${percentagePoints(value)} with ${name}`;
    });
    return `Wrong signs change the curve by at most ${largest.join(', ')}`;
  },
  description:
    'Accuracy under two forms of the float32 cross-entropy less that under the margin, against epsilon, with paired intervals.',
  // In percentage points, around a line at 0.
  draw: (series, small) => {
    const all = series.flatMap(({ rows }) => rows);
    const low = Math.min(-0.001, ...all.map((row) => row.low));
    const high = Math.max(0.001, ...all.map((row) => row.high));
    const values = ticks(low, high, 5);
    const decimals = Math.max(
      ...values.map((value) => (String(Number((value * 100).toFixed(6))).split('.')[1] ?? '').length),
    );
    const maxEpsilon = Math.max(...all.map(({ epsilon }) => epsilon));
    return {
      ...(small ? { height: 270, marginLeft: 44, marginRight: 96 } : { height: 300, marginRight: 110 }),
      x: { domain: [0, maxEpsilon] },
      y: { domain: [low, high] },
      marks: [
        yAxis({
          ticks: values,
          format: (value) => (value > 0 ? '+' : '') + decimal(value * 100, decimals),
          title: 'Accuracy, cross-entropy less margin, in points',
        }),
        epsilonAxis(maxEpsilon),
        ...series.flatMap(({ rows, name, style }) => [
          band(rows, 'epsilon', style),
          lineY(rows, { x: 'epsilon', y: 'value', className: `ln ${style}` }),
          points(rows, {
            x: 'epsilon',
            y: 'value',
            style,
            r: small ? 2.6 : 3.4,
            title: ({ epsilon, value }) => `ε = ${epsilon}, ${name}: ${percentagePoints(value)}`,
          }),
        ]),
        endLabels(
          series.map(({ rows, name: text, style }) => {
            const { epsilon: x, value: y } = rows.at(-1)!;
            return { x, y, text, style };
          }),
        ),
      ],
    };
  },
  table: (series) => {
    const columns = series.flatMap(({ name }) => [name, 'low', 'high']);
    return {
      header: ['epsilon', ...columns],
      print: [(value) => decimal(value, 3), ...columns.map(() => percentagePoints)],
      rows: series[0]!.rows.map(({ epsilon }, i) => [
        epsilon,
        ...series.flatMap(({ rows }) => [rows[i]!.value, rows[i]!.low, rows[i]!.high]),
      ]),
    };
  },
});
