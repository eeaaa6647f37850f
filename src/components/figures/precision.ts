// Where float32 cross-entropy loses the sign: wrong signs of each image against how sure the network is of it.
import type { RenderFunction } from '@observablehq/plot';
import { groups, sum, ticks } from 'd3';
import { readResult } from '../../compute/results/readResult.ts';
import type { Precision } from '../../compute/results/schemas.ts';
import { count, exponential } from '../format.ts';
import { defineFigure, plotFigure, type FigureOptions, type FigureTable } from './figure.ts';
import { group, writeText, xAxis, yAxis } from './marks.ts';

/** 1 − p of each image from a float64 pass, and its wrong signs by the loss whose gradient was taken. */
export type PrecisionData = Pick<Precision, 'doubt' | 'wrongSigns'>;

/** Wrong signs by the doubt of the network; the CSV file has a row for each image. */
export const precision = defineFigure({
  results: ['precision'],
  data: ({ precision: data }): PrecisionData => data,
  title: ({ wrongSigns: { crossEntropy, margin } }) =>
    `Float32 cross-entropy has wrong signs ${inImages(crossEntropy)}, the margin ${inImages(margin)}`,
  description: 'Wrong signs of each image against 1 − p of its true class on a logarithmic axis.',
  draw,
  table,
  values,
});

/**
 * A dot for each image: wrong signs of the plain cross-entropy (square-root axis) against 1 − p (logarithmic).
 * Images with 1 − p = 0 stand at the left end.
 *
 * @throws if the lists differ in length or are empty
 */
function draw({ doubt, wrongSigns }: PrecisionData, options: FigureOptions): SVGSVGElement {
  const { margin, crossEntropy } = wrongSigns;
  if (doubt.length === 0 || margin.length !== doubt.length || crossEntropy.length !== doubt.length) {
    const found = [doubt, margin, crossEntropy].map(({ length }) => length).join(', ');
    throw new RangeError(`invalid lists: lengths ${found}, expected equal ones of at least 1`);
  }
  const small = options.size === 'small';
  const lowest = Math.floor(Math.log10(Math.min(1, ...doubt.filter((value) => value > 0))));
  const left = 10 ** Math.min(lowest, -1);
  const most = Math.max(4, ...crossEntropy, ...margin);
  const decades = ticks(Math.log10(left), 0, small ? 4 : 8).filter(Number.isInteger);
  const shown = [0, 10, 50, 100, 200, 400, 784].filter((n) => n <= most * 1.05);
  return plotFigure(options, {
    ...(small ? { width: 350, height: 300, marginLeft: 38 } : { width: 932, height: 340, marginLeft: 46 }),
    marginTop: 72,
    marginRight: 10,
    marginBottom: 50,
    x: { type: 'log', domain: [left, 1] },
    y: { type: 'sqrt', domain: [0, most * 1.05] },
    marks: [
      yAxis({ ticks: shown, format: count, title: 'Wrong signs, of 784' }),
      xAxis({
        ticks: decades.map((power) => 10 ** power),
        format: exponential,
        title: '1 − _p_ of the true class',
      }),
      cloud(doubt, crossEntropy, { left, className: 'cloud crossEntropy' }),
      cloud(doubt, margin, { left, className: 'cloud margin', skipZeros: true }),
      key([
        ['crossEntropy', `float32 cross-entropy: wrong ${inImages(crossEntropy)}`],
        ['margin', `float32 margin: wrong ${inImages(margin)}`],
      ]),
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

/** "in 456 of 1,000 images". */
function inImages(wrong: readonly number[]): string {
  const images = wrong.filter((n) => n > 0).length;
  return images === 0 ? 'in none' : `in ${count(images)} of ${count(wrong.length)} images`;
}

/** All dots as one path of strokes without length, a tenth of the bytes of as many circles. */
function cloud(
  x: readonly number[],
  y: readonly number[],
  { left, className, skipZeros = false }: { left: number; className: string; skipZeros?: boolean },
): RenderFunction {
  return (_index, scales, _values, _dimensions, context) => {
    const at = x.flatMap((value, i) => {
      if (skipZeros && y[i] === 0) return [];
      return [
        `${Number(scales.x!(Math.max(value, left))).toFixed(0)} ${Number(scales.y!(y[i]!)).toFixed(1)}`,
      ];
    });
    // Images that share a place are drawn once.
    const path = [...new Set(at)].map((place) => `M${place}h0`).join('');
    const g = group(context);
    if (path) g.append('path').attr('class', className).attr('d', path);
    return g.node();
  };
}

/** A row for each power of ten of 1 − p that holds images, with images and signs that are wrong. */
function table({ doubt, wrongSigns: { crossEntropy, margin } }: PrecisionData): FigureTable {
  const images = doubt.map((value, i) => ({
    decade: value > 0 ? Math.floor(Math.log10(value)) : -Infinity,
    crossEntropy: crossEntropy[i]!,
    margin: margin[i]!,
  }));
  const rows = groups(images, ({ decade }) => decade)
    .sort(([a], [b]) => a - b)
    .map(([decade, group]) => [
      Number.isFinite(decade) ? exponential(10 ** decade) : '0',
      group.length,
      group.filter((image) => image.crossEntropy > 0).length,
      sum(group, (image) => image.crossEntropy),
      sum(group, (image) => image.margin),
    ]);
  const header = [
    '1 − p from',
    'images',
    'images with wrong signs, cross-entropy',
    'wrong signs, cross-entropy',
    'wrong signs, margin',
  ];
  return { header, rows };
}

/** A row for each image. */
function values({ doubt, wrongSigns }: PrecisionData): FigureTable {
  return {
    header: ['1 − p', 'wrong signs, cross-entropy', 'wrong signs, margin'],
    rows: doubt.map((value, i) => [value, wrongSigns.crossEntropy[i]!, wrongSigns.margin[i]!]),
  };
}

/** The image with the most wrong signs, pixel by pixel from the upper left, and the signs of its gradient three ways. */
export async function worstSignsTable(): Promise<FigureTable> {
  const { image, reference, margin, crossEntropy } = (await readResult('precision')).worst;
  return {
    header: ['pixel', 'value', 'float64', 'float32 margin', 'float32 cross-entropy'],
    rows: image.map((value, i) => [i, value, reference[i]!, margin[i]!, crossEntropy[i]!]),
  };
}
