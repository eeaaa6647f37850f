// True class against predicted class, 10 × 10: the confusion matrix, and where the attack leads.
import type { RenderFunction } from '@observablehq/plot';
import { range, sum } from 'd3';
import { confusion } from '../../compute/results/curve.ts';
import { count, listed, percent } from '../format.ts';
import { defineFigure } from './figure.ts';
import { mark, writeText } from './marks.ts';
import { matrixChart } from './matrixChart.ts';

/** Counts of true class (row) against predicted class (column). */
type Counts = readonly (readonly number[])[];

export const evaluation = classMatrix('evaluation', {
  style: 'mistakes',
  description: 'Counts of the test images by true class (rows) and predicted class (columns).',
  title: (counts) => {
    const wrong = sum(mistakes(counts), ({ n }) => n);
    return `${count(wrong)} of ${count(sum(counts.flat()))} test images are misclassified`;
  },
});

export const fooledClasses = classMatrix('fooled-classes', {
  style: 'fooled',
  description: 'Counts of the attacked images by true class (rows) and predicted class (columns).',
  title: commonest,
});

/**
 * The matrix: off the diagonal the darker the more images, on a logarithmic scale (log(1 + n) against the largest
 * count there); the diagonal outlined, and its share of the row at the right.
 */
function classMatrix(
  result: 'evaluation' | 'fooled-classes',
  words: { style: 'mistakes' | 'fooled'; description: string; title: (counts: Counts) => string },
) {
  return defineFigure({
    ...words,
    results: [result],
    data: ({ [result]: { labels, predicted } }): Counts => confusion(labels, predicted),
    draw: (counts, small) => {
      const most = Math.max(1, ...mistakes(counts).map(({ n }) => n));
      return matrixChart(
        {
          values: counts,
          cell: (n, diagonal) => {
            if (diagonal || n === 0) return { text: diagonal ? String(n) : '' };
            return { text: String(n), opacity: 0.06 + 0.34 * (Math.log1p(n) / Math.log1p(most)) };
          },
          style: words.style,
          names: range(10).map(String),
          rows: 'True class',
          columns: 'Predicted',
          cellWidth: 44,
          ...(small ? { marginTop: 46, marginRight: 46 } : { marginRight: 80 }),
          beside: diagonalShares(counts, small),
        },
        small,
      );
    },
    table: (counts) => ({
      header: ['true class', ...range(10).map((digit) => `predicted ${digit}`)],
      rows: counts.map((row, i) => [i, ...row]),
    }),
  });
}

/** At the right of each row, the share of its images on the diagonal. */
function diagonalShares(counts: Counts, small: boolean): RenderFunction {
  return mark((g, { y: toY, width }) => {
    g.attr('class', 'end');
    counts.forEach((row, i) => {
      const images = sum(row);
      const share = images === 0 ? '–' : percent(row[i]! / images);
      const y = toY(i) + (small ? 18 : 25.5);
      writeText(g, small ? share.replace(/\s%$/, '') : share, { x: width - 4, y, className: 'lab true' });
    });
    writeText(g, small ? 'correct, %' : 'correct', { x: width - 4, y: small ? 14 : 42, className: 'axt' });
  });
}

function mistakes(counts: Counts) {
  const cells = counts.flatMap((ofRow, row) => ofRow.map((n, column) => ({ row, column, n })));
  return cells.filter(({ row, column }) => row !== column);
}

/** The mistakes that are made most often, ties told as ties: "Most common: 1 predicted as 8, 110 times". */
function commonest(counts: Counts): string {
  const wrong = mistakes(counts);
  const most = Math.max(...wrong.map(({ n }) => n));
  if (most === 0) return 'No image is misclassified';
  const first = wrong.filter(({ n }) => n === most);
  const times = `${count(most)} ${most === 1 ? 'time' : 'times'}`;
  if (first.length > 3) return `No two classes are mistaken more often than ${times}`;
  const names = first.map(({ row, column }) => `${row} predicted as ${column}`);
  return `Most common: ${listed(names)}, ${times}${names.length > 1 ? ' each' : ''}`;
}
