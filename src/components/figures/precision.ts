// Where float32 loses the sign, by how the loss is written: wrong signs of each image against how sure the network is of it,
// and what they cost the attacker, in accuracy against ε.
import { lineY, type RenderFunction } from '@observablehq/plot';
import { greatest, groups, precisionFixed, sum, ticks, tickStep } from 'd3';
import { correct } from '../../compute/results/curve.ts';
import { readResult } from '../../compute/results/readResult.ts';
import type { Precision } from '../../compute/results/schemas.ts';
import { pairedDifference } from '../../compute/statistics.ts';
import { count, decimal, exponential, percentagePoints } from '../format.ts';
import { defineFigure, type FigureTable } from './figure.ts';
import { band, endLabels, epsilonAxis, mark, points, writeText, xAxis, yAxis } from './marks.ts';

/** The ways of writing the loss, in the order of the table, as chart and table name them. */
export const lossNames = {
  crossEntropy: 'tfjs’s softmax',
  logSoftmax: 'log-softmax',
  margin: 'the margin',
} as const satisfies Record<keyof Precision['wrongSigns'], string>;

const losses = Object.keys(lossNames) as (keyof typeof lossNames)[];

/** Wrong signs by the doubt of the network, 1 − p of a float64 pass; the CSV file has a row for each image. */
export const precision = defineFigure({
  results: ['precision'],
  data: ({ precision: { doubt, wrongSigns } }) => ({ doubt, wrongSigns }),
  title: ({ wrongSigns }) =>
    `Images with wrong signs: ${losses.map((loss) => `${imagesWrong(wrongSigns[loss])} with ${lossNames[loss]}`).join(', ')}`,
  description: 'Wrong signs of each image against 1 − p of its true class on a logarithmic axis.',
  // Wrong signs on a square-root axis; images with 1 − p = 0 stand at the left end of theirs.
  draw: ({ doubt, wrongSigns }, small) => {
    const lowest = Math.floor(Math.log10(Math.min(1, ...doubt.filter((value) => value > 0))));
    const left = 10 ** Math.min(lowest, -1);
    const most = Math.max(4, ...losses.flatMap((loss) => wrongSigns[loss]));
    const decades = ticks(Math.log10(left), 0, small ? 4 : 8).filter(Number.isInteger);
    return {
      height: small ? 318 : 358,
      marginTop: 90,
      marginRight: 10,
      x: { type: 'log', domain: [left, 1], clamp: true },
      y: { type: 'sqrt', domain: [0, most * 1.05] },
      marks: [
        yAxis({
          ticks: [0, 10, 50, 100, 200, 400, 784].filter((n) => n <= most * 1.05),
          format: count,
          title: 'Wrong signs, of 784',
        }),
        xAxis({
          ticks: decades.map((power) => 10 ** power),
          format: (power) => exponential(power),
          title: '1 − _p_ of the true class',
        }),
        ...losses.map((loss) => cloud(loss, doubt, wrongSigns[loss])),
        key(wrongSigns),
      ],
    };
  },
  // A row for each power of ten of 1 − p that holds images, with images and signs that are wrong.
  table: ({ doubt, wrongSigns }) => {
    const decade = (value: number) => (value > 0 ? Math.floor(Math.log10(value)) : -Infinity);
    const rows = groups(doubt.keys(), (i) => decade(doubt[i]!))
      .sort(([a], [b]) => a - b)
      .map(([power, images]) => [
        Number.isFinite(power) ? exponential(10 ** power) : '0',
        images.length,
        ...losses.flatMap((loss) => {
          const wrong = images.map((i) => wrongSigns[loss][i]!);
          return [wrong.filter((n) => n > 0).length, sum(wrong)];
        }),
      ]);
    const columns = losses.flatMap((loss) => [`images wrong, ${lossNames[loss]}`, 'signs wrong']);
    return { header: ['1 − p from', 'images', ...columns], rows };
  },
  values: ({ doubt, wrongSigns }) => ({
    header: ['1 − p', ...losses.map((loss) => `wrong signs, ${lossNames[loss]}`)],
    rows: doubt.map((value, i) => [value, ...losses.map((loss) => wrongSigns[loss][i]!)]),
  }),
});

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
    const decimals = precisionFixed(100 * tickStep(low, high, 5));
    const maxEpsilon = Math.max(...all.map(({ epsilon }) => epsilon));
    return {
      ...(small ? { height: 270, marginLeft: 44, marginRight: 96 } : { height: 300, marginRight: 110 }),
      x: { domain: [0, maxEpsilon] },
      y: { domain: [low, high] },
      marks: [
        yAxis({
          ticks: ticks(low, high, 5),
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

/** A dot of each cloud with what it stands for, above the plot. */
function key(wrongSigns: Precision['wrongSigns']): RenderFunction {
  return mark((g) => {
    losses.forEach((loss, i) => {
      const y = 36 + 18 * i;
      g.append('path')
        .attr('class', `cloud ${loss}`)
        .attr('d', `M4 ${y - 4.5}h0`);
      const text = `${lossNames[loss]}: ${imagesWrong(wrongSigns[loss])} images with wrong signs`;
      writeText(g, text, { x: 14, y, className: 'lab' });
    });
  });
}

/** How many images have a wrong sign: "456", "none". */
function imagesWrong(wrong: readonly number[]): string {
  const images = wrong.filter((n) => n > 0).length;
  return images === 0 ? 'none' : count(images);
}

/** All dots above 0 as one path of strokes without length, a tenth of the bytes of as many circles. */
function cloud(loss: string, doubt: readonly number[], wrong: readonly number[]): RenderFunction {
  return mark((g, { x, y }) => {
    const at = doubt.flatMap((value, i) =>
      wrong[i] === 0 ? [] : [`M${x(value).toFixed(0)} ${y(wrong[i]!).toFixed(1)}h0`],
    );
    // Images that share a place are drawn once.
    const path = [...new Set(at)].join('');
    if (path) g.append('path').attr('class', `cloud ${loss}`).attr('d', path);
  });
}

/** The image with the most wrong signs, pixel by pixel from the upper left, and the signs of its gradients. */
export async function worstSignsTable(): Promise<FigureTable> {
  const { worst } = await readResult('precision');
  return {
    header: ['pixel', 'value', 'float64', ...losses.map((loss) => `float32, ${lossNames[loss]}`)],
    rows: worst.image.map((value, i) => [
      i,
      value,
      worst.reference[i]!,
      ...losses.map((loss) => worst.float32[loss][i]!),
    ]),
  };
}
