import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { classMatrix } from './classMatrix.ts';
import { differenceChart } from './differenceChart.ts';
import type { FigureOptions } from './figureOptions.ts';
import { learningCurve } from './learningCurve.ts';
import { precisionChart } from './precisionChart.ts';
import { probabilityChart } from './probabilityChart.ts';
import { randomSignsChart } from './randomSignsChart.ts';
import { smallestEpsilonChart } from './smallestEpsilonChart.ts';
import { stepCountChart } from './stepCountChart.ts';
import { stepsChart } from './stepsChart.ts';

const { document } = new JSDOM('').window;
const options: FigureOptions = {
  document,
  size: 'small',
  id: 'figure',
  title: 'Title',
  description: 'Description',
};
const flips = { style: 'fgsm', name: 'FGSM', counts: [0, 1], never: 0, median: undefined } as const;

describe('figures refuse data that they cannot draw', () => {
  it.each([
    [
      'stepsChart, one image',
      () => stepsChart({ label: 7, rival: 3, path: [] }, options),
      'invalid path: 0 images',
    ],
    [
      'learningCurve, no epoch',
      () => learningCurve({ metric: 'loss', epochs: [] }, options),
      'invalid epochs: 0',
    ],
    [
      'classMatrix, nine rows',
      () =>
        classMatrix(
          { counts: Array(9).fill([1]) as number[][], style: 'mistakes', columns: 'read as' },
          options,
        ),
      'invalid counts: rows of [1, 1, 1, 1, 1, 1, 1, 1, 1], expected ten rows of ten whole numbers',
    ],
    [
      'smallestEpsilonChart, counts of another grid',
      () => smallestEpsilonChart({ epsilons: [0, 0.1, 0.2], attacks: [flips, flips] }, options),
      'invalid counts: 2, expected 3, one for each epsilon',
    ],
    ['stepCountChart, no line', () => stepCountChart({ images: 1, lines: [] }, options), 'invalid lines: 0'],
    [
      'randomSignsChart, a row of nothing',
      () =>
        randomSignsChart(
          { epsilon: 0.3, images: 1, rows: [{ name: 'Empty', style: 'clean', accuracies: [] }] },
          options,
        ),
      'invalid accuracies: none for "Empty", expected at least one',
    ],
    [
      'precisionChart, lists of two lengths',
      () => precisionChart({ doubt: [0.1], wrongSigns: { margin: [0], crossEntropy: [] } }, options),
      'invalid lists: lengths 1, 1, 0',
    ],
    [
      'differenceChart, no row',
      () => differenceChart({ axis: 'points', rows: [] }, options),
      'invalid rows: 0',
    ],
    [
      'probabilityChart, a class without values',
      () =>
        probabilityChart(
          { label: 7, epsilons: [0, 0.1], classes: [{ digit: 7, values: [1] }], changes: [] },
          options,
        ),
      'invalid values: 1 for class 7, expected 2',
    ],
  ])('%s', (_name, draw, message) => {
    expect(draw).toThrow(message);
  });
});
