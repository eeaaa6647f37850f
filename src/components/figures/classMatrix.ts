// True class against predicted class, 10 × 10: the confusion matrix, and where the attack leads.
import type { RenderFunction } from '@observablehq/plot';
import { range, sum } from 'd3';
import { confusion } from '../../compute/results/curve.ts';
import { count, percent } from '../format.ts';
import { defineFigure, plotFigure, type FigureOptions, type FigureTable } from './figure.ts';
import { group, writeText } from './marks.ts';
import { matrixCells, matrixNames } from './matrixMarks.ts';

/** Counts of true class (row) against predicted class (column). */
export interface MatrixData {
  counts: readonly (readonly number[])[];
  /** Colour of the cells off the diagonal: ink for mistakes, or that of the class which is fooled into. */
  style: 'mistakes' | 'fooled';
}

interface Cell {
  row: number;
  column: number;
  count: number;
}

const matrix = { draw: classMatrix, table };

/** The unperturbed test images. */
export const evaluation = defineFigure({
  ...matrix,
  description: 'Counts of the test images by true class (rows) and predicted class (columns).',
  results: ['evaluation'],
  data: ({ evaluation: { labels, predicted } }): MatrixData => ({
    counts: confusion(labels, predicted),
    style: 'mistakes',
  }),
  title: ({ counts }) => {
    const cells = cellsOf(counts);
    return `${count(images(mistakes(cells)))} of ${count(images(cells))} test images are misclassified`;
  },
});

/** Into which class each digit is fooled. */
export const fooledClasses = defineFigure({
  ...matrix,
  description: 'Counts of the attacked images by true class (rows) and predicted class (columns).',
  results: ['fooled-classes'],
  data: ({ 'fooled-classes': { labels, predicted } }): MatrixData => ({
    counts: confusion(labels, predicted),
    style: 'fooled',
  }),
  title: ({ counts }) => commonest(counts),
});

/**
 * The matrix: off the diagonal the darker the more images, on a logarithmic scale (log(1 + n) against the largest
 * count there); the diagonal outlined, and its share of the row at the right.
 */
function classMatrix(data: MatrixData, options: FigureOptions): SVGSVGElement {
  const cells = cellsOf(data.counts);
  const off = mistakes(cells);
  const most = Math.max(1, ...off.map((one) => one.count));
  const small = options.size === 'small';
  const side = small ? 28 : 44;
  const margins = small
    ? { marginTop: 46, marginLeft: 24, marginRight: 46 }
    : { marginTop: 50, marginLeft: 84, marginRight: 80 };
  return plotFigure(options, {
    ...margins,
    width: margins.marginLeft + 10 * side + margins.marginRight,
    height: margins.marginTop + 10 * side + 4,
    marginBottom: 4,
    x: { type: 'band', domain: range(10), padding: 0.04 },
    y: { type: 'band', domain: range(10), padding: 0.04 },
    marks: [
      matrixCells(
        cells.map(({ row, column, count: n }) => ({
          row,
          column,
          text: n > 0 || row === column ? String(n) : '',
          opacity: n > 0 && row !== column ? 0.06 + 0.34 * (Math.log1p(n) / Math.log1p(most)) : undefined,
        })),
        data.style,
      ),
      matrixNames(
        range(10).map(String),
        small
          ? { columns: 'True class by row, predicted by column' }
          : { rows: 'True class', columns: 'Predicted' },
      ),
      diagonalShares(data.counts, small),
    ],
  });
}

/** At the right of each row, the share of its images on the diagonal. */
function diagonalShares(counts: MatrixData['counts'], small: boolean): RenderFunction {
  return (_index, scales, _values, { width }, context) => {
    const g = group(context, 'end');
    counts.forEach((row, i) => {
      const images = sum(row);
      const share = images === 0 ? '–' : percent(row[i]! / images);
      const y = Number(scales.y!(i)) + (small ? 18 : 25.5);
      writeText(g, small ? share.replace(/\s%$/, '') : share, { x: width - 4, y, className: 'lab true' });
    });
    writeText(g, small ? 'correct, %' : 'correct', { x: width - 4, y: small ? 14 : 42, className: 'axt' });
    return g.node();
  };
}

function cellsOf(counts: MatrixData['counts']): Cell[] {
  return counts.flatMap((row, i) => row.map((n, j) => ({ row: i, column: j, count: n })));
}

function mistakes(cells: readonly Cell[]): Cell[] {
  return cells.filter(({ row, column }) => row !== column);
}

function images(cells: readonly Cell[]): number {
  return sum(cells, (one) => one.count);
}

/** The mistakes that are made most often, ties told as ties: "Most common: 1 predicted as 8, 110 times". */
function commonest(counts: MatrixData['counts']): string {
  const wrong = mistakes(cellsOf(counts));
  const most = Math.max(...wrong.map((one) => one.count));
  if (most === 0) return 'No image is misclassified';
  const first = wrong.filter((one) => one.count === most);
  const times = `${count(most)} ${most === 1 ? 'time' : 'times'}`;
  if (first.length > 3) return `No two classes are mistaken more often than ${times}`;
  const names = first.map(({ row, column }) => `${row} predicted as ${column}`);
  return `Most common: ${new Intl.ListFormat('en-GB').format(names)}, ${times}${names.length > 1 ? ' each' : ''}`;
}

/** A row for each true class. */
function table({ counts }: MatrixData): FigureTable {
  return {
    header: ['true class', ...range(10).map((digit) => `predicted ${digit}`)],
    rows: counts.map((row, i) => [i, ...row]),
  };
}
