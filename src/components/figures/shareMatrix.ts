// Shares in rows and columns: what an attack on one network does to another, and how often an image can be led to a class.
import { mean, range } from 'd3';
import { accuracy, ledToTarget } from '../../compute/results/curve.ts';
import { CLASSES } from '../../compute/data/shape.ts';
import { decimal, networkLabel, percent, stepsName } from '../format.ts';
import { defineFigure, type FigureTable } from './figure.ts';
import { matrixChart } from './matrixChart.ts';

interface MatrixData {
  names: readonly string[];
  matrices: readonly {
    epsilon: number;
    steps: number;
    shares: readonly (readonly (number | undefined)[])[];
    /** Share of all cells together, where there is one. */
    led?: number;
  }[];
}

/** Accuracy of each network on images that were perturbed for another, several steps at the smallest ε first. */
export const transfer = defineFigure({
  ...matrixOf('Perturbed for', 'Classified by'),
  description:
    'Accuracy by network that the images were perturbed for (rows) and network that classifies them (columns).',
  results: ['transfer'],
  data: ({ transfer: { networks, labels, attacks } }): MatrixData => ({
    names: networks.map(networkLabel),
    matrices: attacks
      .toSorted((a, b) => a.epsilon - b.epsilon || b.steps - a.steps)
      .map(({ epsilon, steps, predicted }) => ({
        epsilon,
        steps,
        shares: predicted.map((row) => row.map((classes) => accuracy(labels, classes).value)),
      })),
  }),
  title: ({ matrices }) => {
    const { epsilon, steps, shares } = matrices[0]!;
    const undefended = shares.slice(0, -1).map((row) => row.slice(0, -1));
    const foreign = undefended.flatMap((row, i) => row.filter((_, j) => i !== j));
    const own = mean(undefended, (row, i) => row[i]);
    return `At _ε_ = ${epsilon}, ${stepsName(steps)}, images perturbed for another training of the recipe leave ${percent(mean(foreign)!)} on average, for the network itself ${percent(own!)}`;
  },
});

/** Share of the images of each class that the targeted attack leads to each other class. */
export const targetClasses = defineFigure({
  ...matrixOf('True class', 'Target'),
  description: 'Share of images that the attack leads to a class, by true class (rows) and target (columns).',
  results: ['target-classes'],
  data: ({ 'target-classes': { epsilons, steps, labels, predicted } }): MatrixData => {
    const share = (classes: string, truth: number, target: number) =>
      truth === target
        ? undefined
        : mean(
            [...classes].filter((_, i) => labels[i] === String(truth)),
            (digit) => Number(digit === String(target)),
          );
    return {
      names: range(CLASSES).map(String),
      matrices: epsilons.map((epsilon, i) => ({
        epsilon,
        steps,
        shares: range(CLASSES).map((truth) =>
          predicted[i]!.map((classes, target) => share(classes, truth, target)),
        ),
        led: ledToTarget(labels, predicted[i]!),
      })),
    };
  },
  title: ({ matrices }) =>
    `Led to the class of choice: ${matrices.map(({ epsilon, led }) => `${percent(led!)} at _ε_ = ${epsilon}`).join(', ')}`,
});

/** The first matrix is drawn, the darker a cell, the larger its share; the table has all. A cell without a share is empty. */
function matrixOf(rows: string, columns: string) {
  return {
    draw: ({ names, matrices }: MatrixData, small: boolean) => {
      const cell = (share: number | undefined) =>
        share === undefined ? { text: '' } : { text: decimal(100 * share, 0), opacity: 0.02 + 0.3 * share };
      const cellWidth = names.some((name) => name.length > 1) ? 84 : 58;
      const look = { unit: ', %', style: 'mistakes', cellWidth } as const;
      return matrixChart({ names, rows, columns, values: matrices[0]!.shares, cell, ...look }, small);
    },
    table: ({ names, matrices }: MatrixData): FigureTable => ({
      header: ['epsilon', 'steps', rows.toLowerCase(), ...names],
      print: [String, String, String, ...names.map(() => percent)],
      rows: matrices.flatMap(({ epsilon, steps, shares }) =>
        shares.map((row, i) => [epsilon, steps, names[i]!, ...row.map((share) => share ?? '–')]),
      ),
    }),
  };
}
