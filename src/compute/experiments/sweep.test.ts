import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';
import { createInlinePool } from '../build/workerPool.ts';
import type { Digits } from '../data/mnist.ts';
import { forward, imageTensor } from '../networks/forward.ts';
import type { Network } from '../networks/layers.ts';
import { reportOptions } from '../options.ts';
import { firstDigits, trainedNetwork, withLogitsTimes } from '../testing/trainedNetwork.ts';
import { epsilonGrid, joinSlices, runSweep } from './sweep.ts';
import { sweepSlice, type SweepOptions } from './sweepSlice.ts';

// So sure of its answers that the plain cross-entropy loses most gradients.
let network: Network;
let digits: Digits;
beforeAll(async () => {
  await startWasmBackend();
  network = withLogitsTimes(await trainedNetwork(), 20);
  digits = await firstDigits('test', 20);
});

const choices: SweepOptions = { epsilons: [0.1, 0.3], steps: 2, clip: true, loss: 'margin' };

it.each<Partial<SweepOptions>>([
  {},
  { steps: 1 },
  { clip: false },
  { loss: 'crossEntropy' },
  { epsilons: [0.2] },
])(
  'runSweep(context, network, digits, options) attacks and records with the options that it is given: %j',
  async (change) => {
    const options = { ...choices, ...change };
    const progress = { start: () => undefined, tick: () => undefined };
    const indices = Array.from({ length: digits.labels.length }, (_, i) => i);
    const sweep = await runSweep(
      { run: createInlinePool().run, progress },
      network,
      { indices, labels: digits.labels.join(''), digits },
      options,
    );
    const { classifier } = forward(network);
    const labels = tf.tensor1d(Int32Array.from(digits.labels), 'int32');
    expect(sweep).toMatchObject({
      ...options,
      ...sweepSlice(classifier, imageTensor(digits.images), labels, options),
    });
    expect(sweep.attack).toBe(options.steps === 1 ? 'fgsm' : 'iterativeFgsm');
    expect(sweep.zeroGradients.some((count) => count > 0)).toBe(options.loss === 'crossEntropy');
  },
);

const gridOf = (epsilonCount: number, epsilonDenominator: number) =>
  epsilonGrid({ epsilonCount, epsilonDenominator });

it('epsilonGrid(sweep) is i / denominator, never a running sum', () => {
  const grid = gridOf(21, 40);
  expect(grid).toHaveLength(21);
  expect(grid[0]).toBe(0);
  expect(grid[12]).toBe(0.3); // 12 × 0.025 is 0.30000000000000004.
  expect(grid[20]).toBe(0.5);
  expect(grid.map((epsilon) => epsilon * 40)).toEqual(Array.from({ length: 21 }, (_, i) => i));
});

it('epsilonGrid(sweep) holds the ε of the report’s image and of its other figures', () => {
  const { sweep, example, fooledClasses, gallery, stepsCurve, randomSigns } = reportOptions;
  const grid = epsilonGrid(sweep);
  const used = [example, fooledClasses].map(({ epsilon }) => epsilon);
  const lists = [gallery, stepsCurve, randomSigns].flatMap(({ epsilons }) => epsilons);
  expect(grid).toEqual(expect.arrayContaining([...used, ...lists]));
});

it('epsilonGrid(sweep) reaches 1 at most', () => {
  expect(gridOf(3, 2)).toEqual([0, 0.5, 1]);
  expect(() => gridOf(4, 2)).toThrow('invalid grid: up to 3 / 2, expected at most 1');
});

it.each([
  [0, 40],
  [2.5, 40],
  [21, 0],
  [21, -40],
  [NaN, 40],
])('epsilonGrid refuses %d values of i / %d', (count, denominator) => {
  expect(() => gridOf(count, denominator)).toThrow(
    `invalid grid: ${count} values of i / ${denominator}, expected positive integers`,
  );
});

describe('joinSlices(slices)', () => {
  it('joins predictions and adds counts, row by row', () => {
    const slices = [
      { predicted: ['12', '13'], zeroGradients: [0, 2] },
      { predicted: ['7', '8'], zeroGradients: [1, 1] },
    ];
    expect(joinSlices(slices)).toEqual({ predicted: ['127', '138'], zeroGradients: [1, 3] });
    expect(joinSlices([])).toEqual({ predicted: [], zeroGradients: [] });
  });
});
