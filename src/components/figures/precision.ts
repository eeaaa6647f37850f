// Where float32 loses the sign, by how the loss is written: wrong signs of each image against how sure the network is of it.
import type { RenderFunction } from '@observablehq/plot';
import { groups, sum, ticks } from 'd3';
import { readResult } from '../../compute/results/readResult.ts';
import type { Precision } from '../../compute/results/schemas.ts';
import { count, exponential } from '../format.ts';
import { defineFigure, type FigureTable } from './figure.ts';
import { mark, writeText, xAxis, yAxis } from './marks.ts';

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
