import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWasmBackend } from '../../backend/wasm/startWasmBackend.ts';
import type { Digits } from '../../data/mnist.ts';
import { smallOptions, type Options } from '../../options.ts';
import { createThreadPool, type WorkerPool } from '../../build/workerPool.ts';
import { trainNetwork } from '../../experiments/train.ts';
import { firstDigits } from '../../testing/trainedNetwork.ts';
import { expectAllClose } from '../../testing/expectAllClose.ts';
import { PIXELS } from '../../data/shape.ts';
import { parameterCount, weightSpecs, type Weights } from '../layers.ts';
import { mnistCnn } from '../mnistCnn.ts';
import { createBarrier } from './barrier.ts';
import { initialWeights } from './initialWeights.ts';
import { shardGradients } from './shardGradients.ts';
import { createTrainingMemory } from './trainingMemory.ts';
import { trainTogether, type Trained } from './trainTogether.ts';

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
let digits: Digits;
/** What one worker alone comes to. */
let reference: Trained;

beforeAll(async () => {
  await startWasmBackend();
  digits = await firstDigits('train', 500);
  reference = train();
});

const memoryFor = ({ training }: Pick<Options, 'training'>) =>
  createTrainingMemory(layers, digits.images, digits.labels, training);
const optionsWith = (training: Partial<Options['training']>) => ({
  ...options,
  training: { ...options.training, ...training },
});
const alone = { worker: 0, workers: 1, barrier: () => undefined };
const train = (these: typeof options = options): Trained =>
  trainTogether(layers, memoryFor(these), these, alone);

describe('trainTogether(layers, memory, options, worker) with several workers', () => {
  let pool: WorkerPool;

  beforeAll(() => {
    pool = createThreadPool({ size: 4, backend: 'wasm' });
  });
  afterAll(() => pool.close());

  it.each([[2], [3], [4]])('%i workers come to the same bits as one', async (workers) => {
    const [memory, barrier] = [memoryFor(options), createBarrier(workers)];
    const trained = await Promise.all(
      Array.from({ length: workers }, (_, worker) =>
        pool.run(trainNetwork, { layers, memory, options, worker, barrier }),
      ),
    );
    expect(trained).toHaveLength(workers);
    for (const one of trained) expect(one).toEqual(reference);
  });
});

describe('trainTogether(layers, memory, options, worker) with an adversary', () => {
  const { adversary } = smallOptions.defence;
  const hardened = (more: Partial<typeof adversary>, initial?: Weights) =>
    trainTogether(
      layers,
      memoryFor(options),
      { ...options, initial, adversary: { ...adversary, ...more } },
      alone,
    );

  it('two workers come to the same bits as one', async () => {
    const pool = createThreadPool({ size: 2, backend: 'wasm' });
    const [memory, barrier] = [memoryFor(options), createBarrier(2)];
    const trained = await Promise.all(
      [0, 1].map((worker) =>
        pool.run(trainNetwork, { layers, memory, options: { ...options, adversary }, worker, barrier }),
      ),
    );
    await pool.close();
    const expected = hardened({});
    for (const one of trained) expect(one).toEqual(expected);
    const { fgsmAccuracy, pgdAccuracy, validationAccuracy } = expected.epochs[1]!;
    for (const attacked of [fgsmAccuracy, pgdAccuracy]) expect(attacked).toBeLessThan(validationAccuracy);
  });

  it('is the plain training at ε = 0, and another at any other, by its seed and its ramp', () => {
    expect(hardened({ epsilon: 0 }).weights).toEqual(reference.weights);
    const perturbed = hardened({}).weights;
    for (const more of [{ epsilon: 0 }, { seed: 99 }, { rampEpochs: 0.1 }])
      expect(hardened(more).weights).not.toEqual(perturbed);
  });

  it('goes on from weights that it is given, and leaves them as they are', () => {
    const [initial, before] = [reference.weights, reference.weights.map((values) => values.slice())];
    const { epochs } = hardened({ epsilon: 0 }, initial);
    expect(initial).toEqual(before);
    expect(epochs[1]!.loss).toBeLessThan(reference.epochs[1]!.loss);
  });
});

describe('trainTogether(layers, memory, options, worker) alone', () => {
  it('gives the same bits for the same seeds and others for others', () => {
    expect(train()).toEqual(reference);
    for (const other of [{ training: 99 }, { initialWeights: 99 }]) {
      const { weights } = train({ ...options, seeds: { ...options.seeds, ...other } });
      expect(weights).not.toEqual(reference.weights);
    }
  });

  it('learns: the loss falls below that of guessing', () => {
    const { epochs } = train(optionsWith({ epochs: 4, batchSize: 16, maxShift: 0 }));
    const last = epochs[3]!;
    expect(last.loss).toBeLessThan(epochs[0]!.loss);
    expect(last.validationLoss).toBeLessThan(Math.log(10));
    expect(last.accuracy).toBeGreaterThan(0.3);
    expect(last.validationAccuracy).toBeGreaterThan(0.3);
  });

  it('lets the learning rate fall linearly to 0 over all steps', () => {
    // Six steps: the last of the first epoch is step 2, the last of all is step 5.
    const { epochs } = train(optionsWith({ learningRate: 0.006 }));
    const rates = epochs.map(({ learningRate }) => learningRate);
    expect(rates[0]).toBeCloseTo(0.006 * (1 - 2 / 6), 12);
    expect(rates[1]).toBeCloseTo(0.006 * (1 - 5 / 6), 12);
  });

  it('steps along the mean of a batch, not its sum', () => {
    // One step of Adam with an ε̂ that dwarfs √v̂: w = −η·g / ε̂ for a bias, which starts at 0.
    const { weights } = train(
      optionsWith({ images: 64, epochs: 1, maxShift: 0, learningRate: 1, adamEpsilon: 1_000 }),
    );
    const sums = new Float32Array(parameterCount(weightSpecs(layers)));
    const pixels = Float32Array.from(digits.images.subarray(0, 64 * PIXELS), (byte) => byte / 255);
    shardGradients(
      layers,
      initialWeights(layers, options.seeds.initialWeights),
      pixels,
      digits.labels.subarray(0, 64),
      sums,
    );
    expectAllClose(
      weights.at(-1)!.map((w) => -1_000 * w),
      sums.subarray(-10).map((sum) => sum / 64),
      1e-4,
    );
  });

  it('moves no weight at a learning rate of 0', () => {
    expect(train(optionsWith({ learningRate: 0 })).weights).toEqual(
      initialWeights(layers, options.seeds.initialWeights),
    );
  });

  it('depends on the images only by their order and shifts: without shifts they are others', () => {
    expect(train(optionsWith({ maxShift: 0 })).weights).not.toEqual(reference.weights);
  });

  it('validates on the images after those it trains on', () => {
    const memory = memoryFor(options);
    memory.labels.fill(0, 200);
    const zeros = trainTogether(layers, memory, options, alone);
    expect(zeros.weights).toEqual(reference.weights);
    expect(zeros.epochs.map(({ loss }) => loss)).toEqual(reference.epochs.map(({ loss }) => loss));
    expect(zeros.epochs[1]!.validationLoss).not.toBe(reference.epochs[1]!.validationLoss);
  });

  it('meets the others and reports once for each step, meets once for each validation, and leaves no tensor', () => {
    const before = tf.memory().numTensors;
    const seen: (number | string)[] = [];
    trainTogether(layers, memoryFor(options), options, {
      ...alone,
      barrier: () => void seen.push('meet'),
      onProgress: ({ epoch, images }) => void seen.push(epoch, images),
    });
    expect(seen.join(' ')).toBe('meet 1 64 meet 1 128 meet 1 192 meet meet 2 256 meet 2 320 meet 2 384 meet');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses shards that do not divide the batch', () => {
    expect(() => train(optionsWith({ shards: 3 }))).toThrow(
      new RangeError('invalid shards: 3, expected a divisor of the batch size 64'),
    );
  });

  it('refuses fewer images than one batch', () => {
    expect(() => train(optionsWith({ images: 63 }))).toThrow(
      new RangeError('invalid images: 63, expected at least one batch of 64'),
    );
  });

  it('stops where the training diverges', () => {
    expect(() => train(optionsWith({ learningRate: 1e30 }))).toThrow(/not finite|expected finite values/);
  });
});

describe('createTrainingMemory(images, labels, options)', () => {
  it('copies into memory that threads share', () => {
    const memory = memoryFor(options);
    expect(memory.images).toEqual(digits.images);
    expect(memory.labels).toEqual(digits.labels);
    for (const array of Object.values(memory) as Uint8Array[]) {
      expect(array.buffer).toBeInstanceOf(SharedArrayBuffer);
    }
    expect(memory.gradients).toHaveLength(2 * 4 * 26_010);
    expect(memory.validationSums).toHaveLength(2 * 2); // 300 images are two slices of at most 250.
  });
});
