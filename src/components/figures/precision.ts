// Where float32 loses the sign, by how the loss is written: wrong signs of each image against how sure the network is of it.
import type { RenderFunction } from '@observablehq/plot';
import { groups, sum, ticks } from 'd3';
import { readResult } from '../../compute/results/readResult.ts';
import type { Precision } from '../../compute/results/schemas.ts';
import { count, exponential } from '../format.ts';
import { defineFigure, plotFigure, type FigureOptions, type FigureTable } from './figure.ts';
import { group, writeText, xAxis, yAxis } from './marks.ts';

/** 1 − p of each image from a float64 pass, and its wrong signs by the loss whose gradient was taken. */
export type PrecisionData = Pick<Precision, 'doubt' | 'wrongSigns'>;

/** The ways of writing the loss, in the order of the table, as chart and table name them. */
export const lossNames = {
  crossEntropy: 'tfjs’s softmax',
  logSoftmax: 'log-softmax',
  margin: 'the margin',
} as const satisfies Record<keyof Precision['wrongSigns'], string>;

const losses = Object.keys(lossNames) as (keyof typeof lossNames)[];

/** Wrong signs by the doubt of the network; the CSV file has a row for each image. */
export const precision = defineFigure({
  results: ['precision'],
  data: ({ precision: data }): PrecisionData => data,
  title: ({ wrongSigns }) =>
    `Images with wrong signs: ${losses.map((loss) => `${imagesWrong(wrongSigns[loss])} with ${lossNames[loss]}`).join(', ')}`,
  description: 'Wrong signs of each image against 1 − p of its true class on a logarithmic axis.',
  draw,
  table,
  values,
});

/**
 * A dot for each image and way: wrong signs (square-root axis) against 1 − p (logarithmic).
 * Images with 1 − p = 0 stand at the left end.
 */
function draw({ doubt, wrongSigns }: PrecisionData, options: FigureOptions): SVGSVGElement {
  const small = options.size === 'small';
  const lowest = Math.floor(Math.log10(Math.min(1, ...doubt.filter((value) => value > 0))));
  const left = 10 ** Math.min(lowest, -1);
  const most = Math.max(4, ...losses.flatMap((loss) => wrongSigns[loss]));
  const decades = ticks(Math.log10(left), 0, small ? 4 : 8).filter(Number.isInteger);
  const shown = [0, 10, 50, 100, 200, 400, 784].filter((n) => n <= most * 1.05);
  return plotFigure(options, {
    ...(small ? { width: 350, height: 318, marginLeft: 38 } : { width: 932, height: 358, marginLeft: 46 }),
    marginTop: 90,
    marginRight: 10,
    marginBottom: 50,
    x: { type: 'log', domain: [left, 1] },
    y: { type: 'sqrt', domain: [0, most * 1.05] },
    marks: [
      yAxis({ ticks: shown, format: count, title: 'Wrong signs, of 784' }),
      xAxis({
        ticks: decades.map((power) => 10 ** power),
        format: (power) => exponential(power),
        title: '1 − _p_ of the true class',
      }),
      ...losses.map((loss) => cloud(doubt, wrongSigns[loss], { left, loss })),
      key(
        losses.map((loss) => {
          const count = imagesWrong(wrongSigns[loss]);
          return [loss, `${lossNames[loss]}: ${count} images with wrong signs`];
        }),
      ),
    ],
  });
}

/** A dot of each cloud with what it stands for, above the plot. */
function key(entries: readonly (readonly [style: string, text: string])[]): RenderFunction {
  return (_index, _scales, _values, _dimensions, context) => {
    const g = group(context);
    entries.forEach(([style, text], i) => {
      const y = 36 + 18 * i;
      g.append('path')
        .attr('class', `cloud ${style}`)
        .attr('d', `M4 ${y - 4.5}h0`);
      writeText(g, text, { x: 14, y, className: 'lab' });
    });
    return g.node();
  };
}

/** How many images have a wrong sign: "456", "none". */
function imagesWrong(wrong: readonly number[]): string {
  const images = wrong.filter((n) => n > 0).length;
  return images === 0 ? 'none' : count(images);
}

/** All dots above 0 as one path of strokes without length, a tenth of the bytes of as many circles. */
function cloud(
  x: readonly number[],
  y: readonly number[],
  { left, loss }: { left: number; loss: string },
): RenderFunction {
  return (_index, scales, _values, _dimensions, context) => {
    const at = x.flatMap((value, i) => {
      if (y[i] === 0) return [];
      return [
        `${Number(scales.x!(Math.max(value, left))).toFixed(0)} ${Number(scales.y!(y[i]!)).toFixed(1)}`,
      ];
    });
    // Images that share a place are drawn once.
    const path = [...new Set(at)].map((place) => `M${place}h0`).join('');
    const g = group(context);
    if (path) g.append('path').attr('class', `cloud ${loss}`).attr('d', path);
    return g.node();
  };
}

/** A row for each power of ten of 1 − p that holds images, with images and signs that are wrong. */
function table({ doubt, wrongSigns }: PrecisionData): FigureTable {
  const images = doubt.map((value, i) => ({
    decade: value > 0 ? Math.floor(Math.log10(value)) : -Infinity,
    wrong: losses.map((loss) => wrongSigns[loss][i]!),
  }));
  const rows = groups(images, ({ decade }) => decade)
    .sort(([a], [b]) => a - b)
    .map(([decade, group]) => [
      Number.isFinite(decade) ? exponential(10 ** decade) : '0',
      group.length,
      ...losses.flatMap((_, j) => [
        group.filter(({ wrong }) => wrong[j]! > 0).length,
        sum(group, ({ wrong }) => wrong[j]!),
      ]),
    ]);
  const columns = losses.flatMap((loss) => [`images wrong, ${lossNames[loss]}`, 'signs wrong']);
  return { header: ['1 − p from', 'images', ...columns], rows };
}

/** A row for each image. */
function values({ doubt, wrongSigns }: PrecisionData): FigureTable {
  return {
    header: ['1 − p', ...losses.map((loss) => `wrong signs, ${lossNames[loss]}`)],
    rows: doubt.map((value, i) => [value, ...losses.map((loss) => wrongSigns[loss][i]!)]),
  };
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
