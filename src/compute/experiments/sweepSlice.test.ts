import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { crossEntropy } from '../networks/crossEntropy.ts';
import { iterativeFgsm } from '../attacks/iterativeFgsm.ts';
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';
import { predictLabels } from '../networks/forward.ts';
import { linearClassifier, pixelwiseClassifier, tinyNetwork } from '../testing/classifiers.ts';
import { createGenerator } from '../data/generator.ts';
import { epsilonGrid } from './sweep.ts';
import { joinSlices } from './sweep.ts';
import { sweepSlice, type SweepOptions } from './sweepSlice.ts';

beforeAll(startWasmBackend);

const PIXELS = 9;
const IMAGES = 24;
const { uniform } = createGenerator(13);
const pixels = Float32Array.from({ length: IMAGES * PIXELS }, () => uniform(0, 1));
const classifier = tinyNetwork(22, PIXELS);
const batch = (from = 0, to = IMAGES) => ({
  images: tf.tensor4d(pixels.subarray(from * PIXELS, to * PIXELS), [to - from, 3, 3, 1]),
  labels: tf.tensor1d(
    Int32Array.from({ length: to - from }, (_, i) => (from + i) % 3),
    'int32',
  ),
});
const epsilons = epsilonGrid({ epsilonCount: 6, epsilonDenominator: 10 });
const sweep = (options: Partial<SweepOptions> = {}, from?: number, to?: number) => {
  const { images, labels } = batch(from, to);
  return sweepSlice(classifier, images, labels, {
    epsilons,
    steps: 5,
    clip: true,
    loss: 'margin',
    ...options,
  });
};

describe('sweepSlice(classifier, images, labels, options)', () => {
  it.each([
    { steps: 1, clip: true, loss: 'margin' },
    { steps: 5, clip: true, loss: 'margin' },
    { steps: 5, clip: false, loss: 'margin' },
    { steps: 1, clip: true, loss: 'crossEntropy' },
  ] as const)(
    'equals attacking and predicting at each ε: $steps steps, clip $clip, $loss',
    ({ loss, ...options }) => {
      const { images, labels } = batch();
      const direct = epsilons.map((epsilon) => {
        const climbed = loss === 'crossEntropy' ? { loss: crossEntropy } : {};
        const perturbed = iterativeFgsm(classifier, images, labels, { epsilon, ...options, ...climbed });
        return predictLabels(classifier, perturbed).join('');
      });
      expect(sweep({ loss, ...options }).predicted).toEqual(direct);
      // Rows that change with ε, or equality would say little.
      expect(new Set(direct).size).toBeGreaterThan(3);
    },
  );

  it('differs between one step and five, clip and no clip', () => {
    const rows = [{ steps: 1 }, {}, { clip: false }].map((options) => sweep(options).predicted.join());
    expect(new Set(rows).size).toBe(3);
  });

  it('predicts the clean images at ε = 0', () => {
    const { images } = batch();
    expect(sweep().predicted[0]).toBe(predictLabels(classifier, images).join(''));
  });

  it('is the same joined from slices as in one piece', () => {
    const slices = [sweep({}, 0, 1), sweep({}, 1, 11), sweep({}, 11)];
    expect(joinSlices(slices)).toEqual(sweep());
  });

  it('counts the images in which the gradient of some step was zero everywhere', () => {
    // z₀ = Σ (x − ½)² has no slope at ½. Image 0 lies there; image 1 arrives there with its first step at
    // ε = 0.5 (two steps of 0.25); image 2 never does.
    const valley = pixelwiseClassifier((x) => x.sub(0.5).square());
    const images = tf.tensor4d([0.5, 0.25, 0.125], [3, 1, 1, 1]);
    const labels = tf.tensor1d([0, 0, 0], 'int32');
    const count = (steps: number) =>
      sweepSlice(valley, images, labels, { epsilons: [0, 0.25, 0.5], steps, clip: true, loss: 'margin' })
        .zeroGradients;
    expect(count(1)).toEqual([1, 1, 1]);
    expect(count(2)).toEqual([1, 1, 2]);
  });

  it('counts the images on which the plain cross-entropy’s gradient is lost', () => {
    const sure = linearClassifier([[90], [0]]);
    const images = tf.tensor4d([1, 0.01], [2, 1, 1, 1]);
    const labels = tf.tensor1d([0, 0], 'int32');
    const count = (loss: SweepOptions['loss']) =>
      sweepSlice(sure, images, labels, { epsilons: [0.5], steps: 1, clip: true, loss }).zeroGradients;
    expect(count('crossEntropy')).toEqual([1]);
    expect(count('margin')).toEqual([0]);
  });

  it('climbs its own loss at every step, not at the first alone', () => {
    // z₀ = 1000·(x − ½)² − 20, z₁ = 0. The first step of 0.3 leads from 0.4 to 0.7, where z₀ = 20: plain cross-entropy has lost its
    // gradient there and stays, the margin steps back to 0.4, where z₀ = −10.
    const valley = pixelwiseClassifier((x) => x.sub(0.5).square().mul(1000).sub(20));
    const run = (loss: SweepOptions['loss']) =>
      sweepSlice(valley, tf.tensor4d([0.4], [1, 1, 1, 1]), tf.tensor1d([0], 'int32'), {
        epsilons: [0.6],
        steps: 2,
        clip: true,
        loss,
      });
    expect(run('crossEntropy')).toEqual({ predicted: ['0'], zeroGradients: [1] });
    expect(run('margin')).toEqual({ predicted: ['1'], zeroGradients: [0] });
  });

  it('counts no gradient that is small but not zero', () => {
    const faint = linearClassifier([[1e-30], [0]]);
    const images = tf.tensor4d([0.5], [1, 1, 1, 1]);
    const { zeroGradients } = sweepSlice(faint, images, tf.tensor1d([0], 'int32'), {
      epsilons: [0.5],
      steps: 2,
      clip: true,
      loss: 'margin',
    });
    expect(zeroGradients).toEqual([0]);
  });

  it('computes the gradient at the images once for all ε', () => {
    let forwardPasses = 0;
    const counted = (x: tf.Tensor4D) => {
      forwardPasses++;
      return classifier(x);
    };
    const { images, labels } = batch();
    sweepSlice(counted, images, labels, { epsilons, steps: 3, clip: true, loss: 'margin' });
    // One gradient, six predictions, and two further gradients at each of the five ε above 0.
    expect(forwardPasses).toBe(1 + 6 + 5 * 2);
  });

  it('calls back after each ε, leaves its input as it is and no tensor behind', () => {
    const { images, labels } = batch();
    const before = tf.memory().numTensors;
    const done: number[] = [];
    const options = { epsilons, steps: 2, clip: true, loss: 'margin' } as const;
    sweepSlice(classifier, images, labels, options, (count) => done.push(count));
    expect(done).toEqual([1, 2, 3, 4, 5, 6]);
    expect(tf.memory().numTensors).toBe(before);
    expect(images.dataSync()).toEqual(pixels);
  });

  it('refuses a bad ε of the grid with its value', () => {
    expect(() => sweep({ epsilons: [0, 1.5] })).toThrow('invalid epsilon: 1.5');
    expect(() => sweep({ steps: 0 })).toThrow('invalid steps: 0');
  });
});
