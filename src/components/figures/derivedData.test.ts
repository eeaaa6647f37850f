// What the charts show, worked out by hand on sweeps of four images.
import { describe, expect, it } from 'vitest';
import type { FgsmCurve, IterativeCurve, RandomSigns, Sweep } from '../../compute/results/schemas.ts';
import { comparedAccuracy, fgsmAccuracy, iterativeAccuracy, stepsName } from './accuracyData.ts';
import { probabilityData, stepsData } from './exampleData.ts';
import { example, fixtures } from './fixtures.ts';
import { precisionTable, precisionValues } from './precisionChart.ts';
import {
  confusionData,
  lossDifferenceData,
  randomSignsData,
  smallestEpsilonData,
  stepCountData,
} from './sweepData.ts';

const { provenance } = fixtures.training;

const sweep = (predicted: string[], steps = 1): Sweep => ({
  attack: steps === 1 ? 'fgsm' : 'iterativeFgsm',
  loss: 'margin',
  steps,
  clip: true,
  epsilons: [0, 0.1, 0.2],
  indices: [3, 5, 8, 9],
  labels: '7777',
  predicted,
  zeroGradients: [0, 0, 0],
});
const clipped = sweep(['7771', '7731', '3331']);
const fgsm: FgsmCurve = {
  provenance,
  clipped,
  unclipped: sweep(['7771', '3331', '3331']),
  firstImages: sweep(['7777', '7777', '7777']),
  crossEntropy: sweep(['7771', '7771', '3331']),
};
const several = sweep(['7771', '3331', '3731'], 5);
const iterative: IterativeCurve = { provenance, clipped: several, unclipped: several, firstImages: several };

describe('accuracyData', () => {
  it('fgsmAccuracy(curve, marker) takes the accuracies over all images, and where they fall to one half', () => {
    const { images, series, marker } = fgsmAccuracy(fgsm, 0.1);
    expect(images).toBe(4);
    expect(series[0]!.rows.map(({ accuracy }) => accuracy)).toEqual([0.75, 0.5, 0]);
    expect(series[0]!.half).toBeCloseTo(0.1, 12);
    expect(marker).toBe(0.1);
  });

  it('leaves the marker out if the grid does not hold it', () => {
    expect(fgsmAccuracy(fgsm, 0.3).marker).toBeUndefined();
  });

  it('iterativeAccuracy(fgsm, iterative, marker) names the steps and their size', () => {
    const { series, secondRow } = iterativeAccuracy(fgsm, iterative, 0.1);
    expect(series.map(({ name }) => name)).toEqual(['FGSM, one step', 'Five steps']);
    expect(secondRow).toEqual({ steps: 5 });
    expect([1, 5, 20].map(stepsName)).toEqual(['one step', 'five steps', '20 steps']);
  });

  it('comparedAccuracy(curve, other) sets the sweep beside the other', () => {
    const names = (other: 'unclipped' | 'firstImages') =>
      comparedAccuracy(fgsm, other).series.map(({ name, style }) => `${style}: ${name}`);
    expect(names('unclipped')).toEqual(['fgsm: Clipped', 'comparison: Not clipped']);
    expect(names('firstImages')).toEqual(['fgsm: Drawn at random', 'comparison: The first 4']);
  });
});

describe('sweepData', () => {
  it('smallestEpsilonData(fgsm, iterative) counts first misreadings of images read correctly at 0', () => {
    const { attacks } = smallestEpsilonData(fgsm, iterative);
    expect(attacks[0]).toMatchObject({ counts: [0, 1, 2], never: 0, median: 0.2 });
    // The second image flips at 0.1 and back at 0.2: its smallest ε stays 0.1.
    expect(attacks[1]).toMatchObject({ counts: [0, 3, 0], never: 0, median: 0.1 });
    const held = { ...fgsm, clipped: sweep(['7777', '7777', '7377']) };
    expect(smallestEpsilonData(held, iterative).attacks[0]).toMatchObject({ never: 3, median: undefined });
  });

  it('lossDifferenceData(curve) is accuracy under cross-entropy less that under the margin', () => {
    expect(lossDifferenceData(fgsm).rows.map(({ epsilon, value }) => [epsilon, value])).toEqual([
      [0, 0],
      [0.1, 0.25],
      [0.2, 0],
    ]);
  });

  it('stepCountData(result) has a line for each epsilon', () => {
    const { lines } = stepCountData({
      provenance,
      epsilons: [0.1],
      steps: [1, 2],
      indices: [1, 2],
      labels: '12',
      predicted: [['12', '22']],
    });
    expect(lines[0]!.rows.map(({ steps, accuracy }) => [steps, accuracy])).toEqual([
      [1, 1],
      [2, 0.5],
    ]);
  });

  it('randomSignsData(random, fgsm, iterative) stands between the unperturbed images and the attacks', () => {
    const random: RandomSigns = {
      provenance,
      epsilon: 0.1,
      indices: clipped.indices,
      labels: '7777',
      predicted: ['7771', '7711'],
    };
    const { rows } = randomSignsData(random, fgsm, iterative);
    expect(rows.map(({ name, accuracies }) => [name, ...accuracies])).toEqual([
      ['Unperturbed', 0.75],
      ['Random signs, 2 draws', 0.75, 0.5],
      ['FGSM, one step', 0.5],
      ['Five steps', 0],
    ]);
    expect(randomSignsData({ ...random, epsilon: 0.3 }, fgsm, iterative).rows).toHaveLength(2);
    expect(() => randomSignsData({ ...random, indices: [1] }, fgsm, iterative)).toThrow(
      'invalid random signs',
    );
  });

  it('confusionData({ labels, predicted }) counts true class by row', () => {
    const { counts } = confusionData({ labels: '017', predicted: '011' });
    expect([counts[0]![0], counts[1]![1], counts[7]![1], counts[1]![7]]).toEqual([1, 1, 1, 0]);
  });
});

describe('exampleData', () => {
  it('stepsData(example) starts at the original and follows the strongest other class of the end', () => {
    const attacked = example(5);
    const { label, rival, path } = stepsData(attacked);
    expect([label, rival, path.length]).toEqual([7, 8, 6]);
    expect(path[0]).toEqual({
      step: 0,
      label: attacked.original.prediction.probabilities[7],
      rival: attacked.original.prediction.probabilities[8],
      loss: attacked.original.loss,
    });
  });

  it('probabilityData(example) follows the classes that win and says where', () => {
    const { classes, changes } = probabilityData(example(1));
    expect(classes.map(({ digit }) => digit)).toEqual([7, 3, 8]);
    expect(changes).toEqual([
      { epsilon: 0.085, from: 7, to: 3 },
      { epsilon: 0.17, from: 3, to: 8 },
    ]);
  });

  it('probabilityData(example) shows the runner-up if no other class wins', () => {
    const attacked = example(1);
    const { classes, changes } = probabilityData({
      ...attacked,
      alongEpsilon: attacked.alongEpsilon.slice(0, 3),
    });
    expect(classes.map(({ digit }) => digit)).toEqual([7, 3]);
    expect(changes).toEqual([]);
  });
});

describe('precisionTable(data)', () => {
  it('sums up by the power of ten of 1 − p; precisionValues(data) keeps each image', () => {
    const data = {
      doubt: [0.02, 0, 3e-6, 5e-6],
      wrongSigns: { margin: [0, 0, 0, 1], crossEntropy: [0, 700, 0, 9] },
    };
    expect(precisionTable(data).rows).toEqual([
      ['0', 1, 1, 700, 0],
      ['1e-6', 2, 1, 9, 1],
      ['1e-2', 1, 0, 0, 0],
    ]);
    expect(precisionValues(data).rows).toEqual([
      [0.02, 0, 0],
      [0, 700, 0],
      [3e-6, 0, 0],
      [5e-6, 9, 1],
    ]);
  });
});
