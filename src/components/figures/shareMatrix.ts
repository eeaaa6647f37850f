// Shares in rows and columns: what an attack on one network does to another, and how often an image can be led to a class.
import { max, mean, min, range } from 'd3';
import { accuracy } from '../../compute/results/curve.ts';
import { CLASSES } from '../../compute/data/shape.ts';
import { decimal, percent, stepsName } from '../format.ts';
import { networkLabel } from '../networkLabel.ts';
import { defineFigure, plotFigure, type FigureOptions, type FigureTable } from './figure.ts';
import { matrixCells, matrixNames } from './matrixMarks.ts';

/** One drawing of shares; a cell without a share is left empty. */
export interface ShareMatrix {
  epsilon: number;
  steps: number;
  shares: readonly (readonly (number | undefined)[])[];
}

interface MatrixData {
  names: readonly string[];
  /** What the rows and the columns are. */
  rows: string;
  columns: string;
  /** The first is drawn; the table has all. */
  matrices: readonly [ShareMatrix, ...ShareMatrix[]];
}

const matrix = { draw: shareMatrix, table };

/** Accuracy of each network on images that were perturbed for another, several steps at the smallest ε first. */
export const transfer = defineFigure({
  ...matrix,
  description:
    'Accuracy by network that the images were perturbed for (rows) and network that is asked (columns).',
  results: ['transfer'],
  data: ({ transfer: { networks, labels, attacks } }): MatrixData => {
    const [first, ...others] = attacks.map(({ epsilon, steps, predicted }) => ({
      epsilon,
      steps,
      shares: predicted.map((row) => row.map((classes) => accuracy(labels, classes).value)),
    }));
    const severalFirst = [first!, ...others].sort((a, b) => a.epsilon - b.epsilon || b.steps - a.steps);
    return {
      names: networks.map(networkLabel),
      rows: 'Perturbed for',
      columns: 'Asked',
      matrices: severalFirst as unknown as MatrixData['matrices'],
    };
  },
  title: ({ matrices: [{ epsilon, steps, shares }] }) => {
    const undefended = shares.slice(0, -1).map((row) => row.slice(0, -1) as number[]);
    const own = undefended.map((row, i) => row[i]!);
    const foreign = undefended.flatMap((row, i) => row.filter((_, j) => i !== j));
    return `At _ε_ = ${epsilon}, ${stepsName(steps)}, images perturbed for another training of the recipe leave ${percent(mean(foreign)!)} on average, for the network itself ${percent(mean(own)!)}`;
  },
});

/** Share of the images of each class that the targeted attack leads to each other class. */
export const targetClasses = defineFigure({
  ...matrix,
  description: 'Share of images that the attack leads to a class, by true class (rows) and target (columns).',
  results: ['target-classes'],
  data: ({ 'target-classes': { epsilons, steps, labels, predicted } }): MatrixData => {
    const share = (rows: readonly string[], truth: number, target: number) => {
      const classes = [...rows[target]!].filter((_, i) => labels[i] === String(truth));
      if (truth === target || classes.length === 0) return undefined;
      return classes.filter((digit) => digit === String(target)).length / classes.length;
    };
    const matrices = epsilons.map((epsilon, i) => ({
      epsilon,
      steps,
      shares: range(CLASSES).map((truth) =>
        range(CLASSES).map((target) => share(predicted[i]!, truth, target)),
      ),
    }));
    return {
      names: range(CLASSES).map(String),
      rows: 'True class',
      columns: 'Target',
      matrices: matrices as unknown as MatrixData['matrices'],
    };
  },
  title: ({ names, matrices: [{ epsilon, shares }] }) => {
    const columns = names.map((name, j) => ({ name, share: mean(shares, (row) => row[j]) ?? 0 }));
    const [low, high] = [min(columns, ({ share }) => share), max(columns, ({ share }) => share)];
    const reached = (share: number | undefined) => columns.find((one) => one.share === share)!;
    const [hardest, easiest] = [reached(low), reached(high)];
    return `At _ε_ = ${epsilon}, ${percent(easiest.share)} of the images can be led to ${easiest.name}, ${percent(hardest.share)} to ${hardest.name}`;
  },
});

/** The first matrix: the darker, the larger the share; the diagonal outlined. */
function shareMatrix(
  { names, rows, columns, matrices: [{ shares }] }: MatrixData,
  options: FigureOptions,
): SVGSVGElement {
  const small = options.size === 'small';
  const words = names.some((name) => name.length > 1);
  const narrow = small && words;
  const left = words ? (small ? 76 : 150) : small ? 24 : 84;
  const top = narrow ? 62 : 50;
  const side = { width: small ? (350 - left) / names.length : words ? 84 : 58, height: small ? 28 : 44 };
  const cells = shares.flatMap((ofRow, row) =>
    ofRow.map((share, column) => ({
      row,
      column,
      text: share === undefined ? '' : decimal(100 * share, 0),
      opacity: share === undefined ? undefined : 0.02 + 0.3 * share,
    })),
  );
  return plotFigure(options, {
    marginTop: top,
    marginLeft: left,
    marginRight: 0,
    marginBottom: 4,
    width: left + names.length * side.width,
    height: top + names.length * side.height + 4,
    x: { type: 'band', domain: range(names.length), padding: 0.04 },
    y: { type: 'band', domain: range(names.length), padding: 0.04 },
    marks: [matrixCells(cells, 'mistakes'), matrixNames(names, { rows, columns: `${columns}, %`, narrow })],
  });
}

/** A row for each matrix and row of it. */
function table({ names, rows, matrices }: MatrixData): FigureTable {
  const print = (value: number) => percent(value);
  return {
    header: ['epsilon', 'steps', rows.toLowerCase(), ...names],
    print: [String, String, String, ...names.map(() => print)],
    rows: matrices.flatMap(({ epsilon, steps, shares }) =>
      shares.map((row, i) => [epsilon, steps, names[i]!, ...row.map((share) => share ?? '–')]),
    ),
  };
}
