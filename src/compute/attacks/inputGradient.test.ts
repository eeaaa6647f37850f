import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import {
  linearClassifier,
  pixelwiseClassifier,
} from '../testing/classifiers.ts';
import { everyBackend } from '../testing/everyBackend.ts';
import { expectAllClose } from '../testing/expectAllClose.ts';
import { crossEntropy } from '../networks/crossEntropy.ts';
import { inputGradient, sign } from './inputGradient.ts';

const int = (...labels: number[]) => tf.tensor1d(labels, 'int32');
const images = (...pixels: number[][]) =>
  tf.tensor4d(pixels.flat(), [pixels.length, 2, 2, 1]);
const classifier = linearClassifier([
  [1, -2, 0, 3],
  [0, 1, 0, -1],
]);

everyBackend('inputGradient(classifier, images, labels)', () => {
  it('is ∇m = w₁ − w₀ for a linear classifier of two classes, its opposite for label 1', () => {
    const gradient = inputGradient(
      classifier,
      images([0.5, 0.25, 0.75, 0.125], [0, 1, 0, 1]),
      int(0, 1),
    );
    // w₁ − w₀ = (0 − 1, 1 + 2, 0 − 0, −1 − 3).
    expect(gradient.shape).toEqual([2, 2, 2, 1]);
    expect(Array.from(gradient.dataSync(), (g) => g + 0)).toEqual([
      -1, 3, 0, -4, 1, -3, 0, 4,
    ]);
  });

  it('is not shrunk by the size of the batch, nor by the image’s confidence', () => {
    const sure = images(...Array.from({ length: 8 }, () => [1, 0, 0, 1]));
    const scaled = linearClassifier([
      [50, 0, 0, 50],
      [0, 0, 0, 0],
    ]);
    const gradient = inputGradient(
      scaled,
      sure,
      int(0, 0, 0, 0, 0, 0, 0, 0),
    );
    // p₀ = σ(100): in float32 1 − p is 0 and the gradient of cross-entropy with it.
    expect(Array.from(gradient.dataSync()).slice(-4).map(Math.abs)).toEqual(
      [50, 0, 0, 50],
    );
    const plain = inputGradient(scaled, sure, int(0, 0, 0, 0, 0, 0, 0, 0), {
      loss: crossEntropy,
    });
    expect(plain.dataSync().every((g) => g === 0)).toBe(true);
  });

  it('climbs another loss if given: ∇L = σ(m)·∇m for cross-entropy', () => {
    const x = images([0.5, 0.25, 0.75, 0.125]);
    // z₀ = 0.5 − 0.5 + 0.375 = 0.375, z₁ = 0.25 − 0.125 = 0.125, m = −0.25.
    const sigma = 1 / (1 + Math.exp(0.25));
    const gradient = inputGradient(classifier, x, int(0), {
      loss: crossEntropy,
    });
    expectAllClose(gradient, [-sigma, 3 * sigma, 0, -4 * sigma]);
  });

  it('leaves the images as they are and leaks nothing', () => {
    const [x, y] = [images([0.5, 0.25, 0.75, 0.125]), int(0)];
    const before = tf.memory().numTensors;
    inputGradient(classifier, x, y).dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect(Array.from(x.dataSync())).toEqual([0.5, 0.25, 0.75, 0.125]);
  });

  it.each([
    [NaN, /gradient is not finite: NaN at image 1 of the batch/],
    [
      Infinity,
      /gradient is not finite: -?(Infinity|NaN) at image 1 of the batch/,
    ],
  ])(
    'stops at a gradient of %s with the place of its image, leaking nothing',
    (value, message) => {
      // z₀ = Σ s·x with s the second image's own value: ∇m = −s.
      const steep = pixelwiseClassifier((x) =>
        x.mul(tf.tensor4d([1, value], [2, 1, 1, 1])),
      );
      const [x, y] = [images([0, 0, 0, 0], [1, 1, 1, 1]), int(0, 0)];
      const run = () => inputGradient(steep, x, y);
      const before = tf.memory().numTensors;
      expect(run).toThrow(message);
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it.each([[-1], [2]])(
    'refuses the label %i with its value and the classes',
    (label) => {
      expect(() =>
        inputGradient(classifier, images([0, 0, 0, 0]), int(label)),
      ).toThrow(
        new RangeError(
          `invalid label: ${label}, expected a class from 0 to 1`,
        ),
      );
    },
  );

  it('refuses labels that are not as many as the images', () => {
    expect(() =>
      inputGradient(classifier, images([0, 0, 0, 0]), int(0, 1)),
    ).toThrow(
      'invalid labels: shape [2] for images of shape [1, 2, 2, 1], expected [1]',
    );
    const table = tf.tensor2d(
      [[0]],
      [1, 1],
      'int32',
    ) as unknown as tf.Tensor1D;
    expect(() =>
      inputGradient(classifier, images([0, 0, 0, 0]), table),
    ).toThrow('invalid labels: shape [1, 1]');
  });

  it('refuses images that are not a batch', () => {
    const message = (shape: string) =>
      `invalid images: shape ${shape}, expected [batch, height, width, channels]`;
    const flat = tf.zeros([2, 4]) as unknown as tf.Tensor4D;
    expect(() => inputGradient(classifier, flat, int(0, 0))).toThrow(
      message('[2, 4]'),
    );
    expect(() =>
      inputGradient(classifier, tf.zeros([0, 2, 2, 1]), int()),
    ).toThrow(message('[0, 2, 2, 1]'));
  });
});

const signsOf = (...gradient: number[]) =>
  Array.from(sign(tf.tensor1d(gradient)).dataSync());

everyBackend('sign(gradient)', () => {
  it('has no dead zone: 1e-30 is positive and −1e-30 negative', () => {
    expect(signsOf(1e-30, -1e-30, 1e-8, -1e-8)).toEqual([1, -1, 1, -1]);
  });

  it('is 0 for 0 and −0', () => {
    expect(signsOf(0, -0).map(Math.abs)).toEqual([0, 0]);
  });

  it('is 0 for NaN, which is why gradients are checked before', () => {
    expect(signsOf(NaN)).toEqual([0]);
  });

  it('is ±1 for large and infinite values', () => {
    expect(signsOf(3, -2e30, Infinity, -Infinity)).toEqual([1, -1, 1, -1]);
  });

  it('keeps the shape, is float32 and leaks nothing', () => {
    const gradient = tf.ones([2, 3, 1, 1]);
    const before = tf.memory().numTensors;
    const result = sign(gradient);
    expect(result.shape).toEqual([2, 3, 1, 1]);
    expect(result.dtype).toBe('float32');
    result.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
