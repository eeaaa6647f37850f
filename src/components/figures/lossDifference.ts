// What it costs the attacker to take signs from the cross-entropy in float32 in place of the margin: accuracy against ε.
import { areaY, dot, lineY } from '@observablehq/plot';
import { ticks } from 'd3';
import type { Sweep } from '../../compute/results/schemas.ts';
import { correct } from '../../compute/results/curve.ts';
import { pairedDifference } from '../../compute/statistics.ts';
import { decimal, percentagePoints } from '../format.ts';
import { defineFigure, plotFigure, type FigureOptions, type FigureTable } from './figure.ts';
import { endLabels, epsilonAxis, yAxis } from './marks.ts';
import { lossNames } from './precision.ts';

/** Accuracy under cross-entropy less that under the margin, with its 95 % interval for paired observations. */
export interface DifferenceRow {
  epsilon: number;
  value: number;
  low: number;
  high: number;
}

/** The differences of both ways of writing the cross-entropy. */
type DifferenceData = Record<'crossEntropy' | 'logSoftmax', readonly DifferenceRow[]>;

/** FGSM on the same images with the gradient of either loss. */
export const fgsmCrossEntropy = defineFigure({
  results: ['precision', 'fgsm-curve'],
  data: ({ precision: { logSoftmax }, 'fgsm-curve': { clipped, crossEntropy } }): DifferenceData => ({
    crossEntropy: differences(crossEntropy, clipped),
    logSoftmax: differences(logSoftmax, clipped),
  }),
  title: ({ crossEntropy, logSoftmax }) =>
    `Wrong signs change the curve by at most ${largest(crossEntropy)} with ${lossNames.crossEntropy}, ${largest(logSoftmax)} with ${lossNames.logSoftmax}`,
  description:
    'Accuracy under two forms of the float32 cross-entropy less that under the margin, against epsilon, with paired intervals.',
  draw,
  table,
});

/** At each ε the accuracy of one sweep less that of another over the same images. */
function differences(sweep: Sweep, base: Sweep): DifferenceRow[] {
  return base.epsilons.map((epsilon, i) => ({
    epsilon,
    ...pairedDifference(correct(sweep.labels, sweep.predicted[i]!), correct(base.labels, base.predicted[i]!)),
  }));
}

/** The largest difference, with its sign. */
function largest(rows: readonly DifferenceRow[]): string {
  const { value } = rows.reduce((a, b) => (Math.abs(b.value) > Math.abs(a.value) ? b : a));
  return percentagePoints(value);
}

/** The differences in percentage points with their bands, around a line at 0. */
function draw(data: DifferenceData, options: FigureOptions): SVGSVGElement {
  const series = [
    { rows: data.crossEntropy, name: lossNames.crossEntropy, style: 'comparison' },
    { rows: data.logSoftmax, name: lossNames.logSoftmax, style: 'fgsm' },
  ];
  const rows = [...data.crossEntropy, ...data.logSoftmax];
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
    marginRight: small ? 96 : 110,
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
      ...series.flatMap((one) => [
        areaY(one.rows, { x: 'epsilon', y1: 'low', y2: 'high', className: `band ${one.style}` }),
        lineY(one.rows, { x: 'epsilon', y: 'value', className: `ln ${one.style}` }),
        dot(one.rows, {
          x: 'epsilon',
          y: 'value',
          className: `pt ${one.style}`,
          symbol: one.style === 'fgsm' ? 'circle' : 'triangle',
          r: small ? 2.6 : 3.4,
          title: ({ epsilon, value }: DifferenceRow) =>
            `ε = ${epsilon}, ${one.name}: ${percentagePoints(value)}`,
        }),
      ]),
      endLabels(
        series.map(({ rows: ofOne, name: text, style }) => {
          const { epsilon: x, value: y } = ofOne.at(-1)!;
          return { x, y, text, style };
        }),
      ),
    ],
  });
}

/** A row for each ε. */
function table({ crossEntropy, logSoftmax }: DifferenceData): FigureTable {
  const points = (value: number) => percentagePoints(value);
  const columns = [lossNames.crossEntropy, lossNames.logSoftmax].flatMap((name) => [name, 'low', 'high']);
  return {
    header: ['epsilon', ...columns],
    print: [(value) => decimal(value, 3), ...columns.map(() => points)],
    rows: crossEntropy.map((row, i) => [
      row.epsilon,
      ...[row, logSoftmax[i]!].flatMap(({ value, low, high }) => [value, low, high]),
    ]),
  };
}
