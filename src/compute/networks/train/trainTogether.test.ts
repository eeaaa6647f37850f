import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasmBackend } from '../../backend/wasm/startWasmBackend.ts';
import { smallOptions, type Options } from '../../options.ts';
import { createInlinePool, createThreadPool } from '../../build/workerPool.ts';
import { slices } from '../../experiments/digits.ts';
import type { RunTask } from '../../experiments/stage.ts';
import { firstDigits } from '../../testing/trainedNetwork.ts';
import { expectAllClose } from '../../testing/expectAllClose.ts';
import { PIXELS } from '../../data/shape.ts';
import { selectDigits } from '../../data/mnist.ts';
import { mnistCnn, type Weights } from '../layers.ts';
import {
  initialWeights,
  trainTogether,
  type Trained,
  type TrainingDigits,
  type TrainingPlan,
} from './trainTogether.ts';
import { shardGradients } from './shards.ts';

// Three batches of 64 in each of two epochs, eight images left over; two slices to validate on.
const options = {
  seeds: smallOptions.seeds,
  training: {
    ...smallOptions.training,
    images: 200,
    validationImages: 300,
    epochs: 2,
    batchSize: 64,
  },
};

const { layers } = mnistCnn;
let digits: TrainingDigits;
/** What the main thread alone comes to. */
let reference: Trained;

beforeAll(async () => {
  await startWasmBackend();
  const { images, labels } = await firstDigits('train', 200);
  const last = Array.from({ length: 300 }, (_, i) => 200 + i);
  digits = { images, labels, validation: slices(selectDigits(await firstDigits('train', 500), last)) };
  reference = await train();
});

const optionsWith = (training: Partial<Options['training']>) => ({
  ...options,
  training: { ...options.training, ...training },
});
const train = (plan: TrainingPlan = options, run: RunTask = createInlinePool().run) =>
  trainTogether(layers, digits, plan, run);

async function trainOnThreads(size: number, plan: TrainingPlan): Promise<Trained> {
  const pool = createThreadPool({ size, backend: 'wasm' });
  try {
    return await train(plan, pool.run);
  } finally {
    await pool.close();
  }
}

describe('trainTogether(layers, digits, plan, run) with several workers', () => {
  it.each([[1], [2], [4]])('%i workers come to the same bits as the main thread', async (workers) => {
    expect(await trainOnThreads(workers, options)).toEqual(reference);
  });
});

describe('trainTogether(layers, digits, plan, run) with an adversary', () => {
  const { adversary } = smallOptions.defence;
  const hardened = (more: Partial<typeof adversary>, initial?: Weights) =>
    train({ ...options, initial, adversary: { ...adversary, ...more } });

  it('two workers come to the same bits as the main thread', async () => {
    const expected = await hardened({});
    expect(await trainOnThreads(2, { ...options, adversary })).toEqual(expected);
    const { fgsmAccuracy, pgdAccuracy, validationAccuracy } = expected.epochs[1]!;
    for (const attacked of [fgsmAccuracy, pgdAccuracy]) expect(attacked).toBeLessThan(validationAccuracy);
  });

  it('is the plain training at ε = 0, and another at any other, by its seed and its ramp', async () => {
    expect((await hardened({ epsilon: 0 })).weights).toEqual(reference.weights);
    const perturbed = (await hardened({})).weights;
    for (const more of [{ epsilon: 0 }, { seed: 99 }, { rampEpochs: 0.1 }])
      expect((await hardened(more)).weights).not.toEqual(perturbed);
  });

  it('goes on from weights that it is given, and leaves them as they are', async () => {
    const [initial, before] = [reference.weights, reference.weights.map((values) => values.slice())];
    const { epochs } = await hardened({ epsilon: 0 }, initial);
    expect(initial).toEqual(before);
    expect(epochs[1]!.loss).toBeLessThan(reference.epochs[1]!.loss);
  });
});

describe('trainTogether(layers, digits, plan, run)', () => {
  it('gives the same bits for the same seeds and others for others', async () => {
    expect(await train()).toEqual(reference);
    for (const other of [{ training: 99 }, { initialWeights: 99 }]) {
      const { weights } = await train({ ...options, seeds: { ...options.seeds, ...other } });
      expect(weights).not.toEqual(reference.weights);
    }
  });

  it('learns: the loss falls below that of guessing', async () => {
    const { epochs } = await train(optionsWith({ epochs: 4, batchSize: 16, maxShift: 0 }));
    const last = epochs[3]!;
    expect(last.loss).toBeLessThan(epochs[0]!.loss);
    expect(last.validationLoss).toBeLessThan(Math.log(10));
    expect(last.accuracy).toBeGreaterThan(0.3);
    expect(last.validationAccuracy).toBeGreaterThan(0.3);
  });

  it('lets the learning rate fall linearly to 0 over all steps', async () => {
    // Six steps: the last of the first epoch is step 2, the last of all is step 5.
    const { epochs } = await train(optionsWith({ learningRate: 0.006 }));
    const rates = epochs.map(({ learningRate }) => learningRate);
    expect(rates[0]).toBeCloseTo(0.006 * (1 - 2 / 6), 12);
    expect(rates[1]).toBeCloseTo(0.006 * (1 - 5 / 6), 12);
  });

  it('steps along the mean of a batch, not its sum', async () => {
    // One step of Adam with an ε̂ that dwarfs √v̂: w = −η·g / ε̂ for a bias, which starts at 0.
    const { weights } = await train(
      optionsWith({ images: 64, epochs: 1, maxShift: 0, learningRate: 1, adamEpsilon: 1_000 }),
    );
    const { gradients } = shardGradients({
      layers,
      weights: initialWeights(layers, options.seeds.initialWeights),
      images: digits.images.slice(0, 64 * PIXELS),
      labels: digits.labels.subarray(0, 64),
    });
    expectAllClose(
      weights.at(-1)!.map((w) => -1_000 * w),
      gradients.at(-1)!.map((sum) => sum / 64),
      1e-4,
    );
  });

  it('moves no weight at a learning rate of 0', async () => {
    expect((await train(optionsWith({ learningRate: 0 }))).weights).toEqual(
      initialWeights(layers, options.seeds.initialWeights),
    );
  });

  it('depends on the images only by their order and shifts: without shifts they are others', async () => {
    expect((await train(optionsWith({ maxShift: 0 }))).weights).not.toEqual(reference.weights);
  });

  it('validates on the images that are for that alone', async () => {
    const validation = digits.validation.map(({ images, labels }) => ({
      images,
      labels: labels.map(() => 0),
    }));
    const zeros = await trainTogether(layers, { ...digits, validation }, options, createInlinePool().run);
    expect(zeros.weights).toEqual(reference.weights);
    expect(zeros.epochs.map(({ loss }) => loss)).toEqual(reference.epochs.map(({ loss }) => loss));
    expect(zeros.epochs[1]!.validationLoss).not.toBe(reference.epochs[1]!.validationLoss);
  });

  it('asks for each shard and each slice, tells of each step, and leaves no tensor', async () => {
    const before = tf.memory().numTensors;
    const seen: (number | string)[] = [];
    const { run } = createInlinePool();
    const watched: RunTask = (task, args) => {
      seen.push(task.name === 'shardGradients' ? 'g' : 'v');
      return run(task, args);
    };
    await trainTogether(layers, digits, options, watched, (epoch) => seen.push(epoch));
    expect(seen.join('')).toBe('gggg1gggg1gggg1vvgggg2gggg2gggg2vv');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses shards that do not divide the batch', async () => {
    await expect(train(optionsWith({ shards: 3 }))).rejects.toThrow(
      new RangeError('invalid shards: 3, expected a divisor of the batch size 64'),
    );
  });

  it('refuses fewer images than one batch', async () => {
    await expect(train(optionsWith({ images: 63 }))).rejects.toThrow(
      new RangeError('invalid images: 63, expected at least one batch of 64'),
    );
  });

  it('stops where the training diverges', async () => {
    await expect(train(optionsWith({ learningRate: 1e30 }))).rejects.toThrow(
      /not finite|expected finite values/,
    );
  });
});
