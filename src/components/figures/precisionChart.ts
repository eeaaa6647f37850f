// Where float32 cross-entropy loses the sign: wrong signs of each image against how sure the network is of it.
import { ticks } from 'd3';
import { count } from '../format.ts';
import type { FigureOptions, FigureTable } from './figureOptions.ts';
import { group, label, xAxis, yAxis } from './marks.ts';
import { plotFigure, type FigurePlot } from './plotFigure.ts';

/** One entry for each image. */
export interface PrecisionData {
  /** 1 − p of the true class, from a float64 pass. */
  doubt: readonly number[];
  /** Pixels whose float32 sign differs from the float64 one, by the loss whose gradient was taken. */
  wrongSigns: Record<'margin' | 'crossEntropy', readonly number[]>;
}

/**
 * A dot for each image: wrong signs of the plain cross-entropy (square-root axis) against 1 − p (logarithmic).
 * Images with 1 − p = 0 stand at the left end.
 *
 * @throws if the lists differ in length or are empty
 */
export function precisionChart({ doubt, wrongSigns }: PrecisionData, options: FigureOptions): SVGSVGElement {
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
    marginTop: 36,
    marginRight: 10,
    marginBottom: 50,
    x: { type: 'log', domain: [left, 1] },
    y: { type: 'sqrt', domain: [0, most * 1.05] },
    marks: [
      yAxis({ ticks: shown, format: count, title: 'Wrong signs, of 784' }),
      xAxis({
        ticks: decades.map((power) => 10 ** power),
        format: powerOfTen,
        title: '1 − _p_ of the true class',
      }),
      cloud(doubt, crossEntropy, { left, className: 'cloud crossEntropy' }),
      cloud(doubt, margin, { left, className: 'cloud margin', skipZeros: true }),
      ...[
        { text: 'float32 cross-entropy', className: 'lab b' },
        { text: summary(crossEntropy), className: 'lab q' },
        // In the small drawing one line of both would reach into the cloud.
        ...(small ? ['float32 margin:', summary(margin)] : [`float32 margin: ${summary(margin)}`]).map(
          (text) => ({ text, className: 'lab q' }),
        ),
      ].map(({ text, className }, i) =>
        label({ x: 1, y: most }, text, { dy: 6 + 19 * i, anchor: 'end', className }),
      ),
    ],
  });
}

/** 0.001 → "1e−3": the faces of the site have no superscript minus. */
function powerOfTen(value: number): string {
  const power = Math.round(Math.log10(value));
  return power === 0 ? '1' : `1e${power < 0 ? '\u2212' : ''}${Math.abs(power)}`;
}

/** "wrong in 189 of 1,000 images". */
function summary(wrong: readonly number[]): string {
  const images = wrong.filter((n) => n > 0).length;
  return `wrong in ${images === 0 ? 'none' : count(images)} of ${count(wrong.length)} images`;
}

/** All dots as one path of strokes without length, a tenth of the bytes of as many circles. */
function cloud(
  x: readonly number[],
  y: readonly number[],
  { left, className, skipZeros = false }: { left: number; className: string; skipZeros?: boolean },
): FigurePlot['marks'][number] {
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
export function precisionTable({ doubt, wrongSigns }: PrecisionData): FigureTable {
  const decades = doubt.map((value) => (value > 0 ? Math.floor(Math.log10(value)) : -Infinity));
  const rows = [...new Set(decades)]
    .sort((a, b) => a - b)
    .map((decade) => {
      const inDecade = (_n: number, i: number) => decades[i] === decade;
      const [crossEntropy, margin] = [
        wrongSigns.crossEntropy.filter(inDecade),
        wrongSigns.margin.filter(inDecade),
      ];
      const sum = (values: readonly number[]) => values.reduce((total, n) => total + n, 0);
      const wrong = crossEntropy.filter((n) => n > 0).length;
      const from = Number.isFinite(decade) ? `1e${decade}` : '0';
      return [from, crossEntropy.length, wrong, sum(crossEntropy), sum(margin)];
    });
  return {
    header: [
      '1 − p from',
      'images',
      'images with wrong signs, cross-entropy',
      'wrong signs, cross-entropy',
      'wrong signs, margin',
    ],
    rows,
  };
}

/** A row for each image. */
export function precisionValues({ doubt, wrongSigns }: PrecisionData): FigureTable {
  return {
    header: ['1 − p', 'wrong signs, cross-entropy', 'wrong signs, margin'],
    rows: doubt.map((value, i) => [value, wrongSigns.crossEntropy[i]!, wrongSigns.margin[i]!]),
  };
}
