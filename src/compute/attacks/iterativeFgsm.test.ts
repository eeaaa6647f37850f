import * as tf from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import {
  linearClassifier,
  pixelwiseClassifier,
} from '../testing/classifiers.ts';
import { everyBackend } from '../testing/everyBackend.ts';
import { crossEntropy } from '../networks/crossEntropy.ts';
import { inputGradient } from './inputGradient.ts';
import { iterativeFgsm } from './iterativeFgsm.ts';

const int = (...labels: number[]) => tf.tensor1d(labels, 'int32');
const image = (...pixels: number[]) => tf.tensor4d(pixels, [1, 2, 2, 1]);
const pixel = (value: number) => tf.tensor4d([value], [1, 1, 1, 1]);
const pixels = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

// Label 0: ∇m = w₁ − w₀ = (−1, 2, 0, −3), so the signs are (−, +, 0, −). All numbers are exact in float32.
const linear = linearClassifier([
  [1, -2, 0, 3],
  [0, 0, 0, 0],
]);

everyBackend(
  'iterativeFgsm(classifier, images, labels, { epsilon, steps })',
  () => {
    const x = () => image(0.5, 0.25, 0.75, 0.125);

    it('spends ε in k equal steps', () => {
      // α = 0.3125 / 5 = 0.0625: x₁ = (0.4375, 0.3125, 0.75, 0.0625), x₂ = (0.375, 0.375, 0.75, 0), and so on.
      const path: number[][] = [];
      const onStep = (perturbed: tf.Tensor) => path.push(pixels(perturbed));
      const perturbed = iterativeFgsm(linear, x(), int(0), {
        epsilon: 0.3125,
        steps: 5,
        onStep,
      });
      expect(path).toEqual([
        [0.4375, 0.3125, 0.75, 0.0625],
        [0.375, 0.375, 0.75, 0],
        [0.3125, 0.4375, 0.75, 0],
        [0.25, 0.5, 0.75, 0],
        [0.1875, 0.5625, 0.75, 0],
      ]);
      expect(pixels(perturbed)).toEqual(path[4]);
    });

    it('leaves [0, 1] with { clip: false }, pixels with zero gradient unchanged', () => {
      const perturbed = iterativeFgsm(linear, x(), int(0), {
        epsilon: 0.3125,
        steps: 5,
        clip: false,
      });
      expect(pixels(perturbed)).toEqual([0.1875, 0.5625, 0.75, -0.1875]);
    });

    it('is the identity at ε = 0', () => {
      expect(
        pixels(
          iterativeFgsm(linear, x(), int(0), { epsilon: 0, steps: 5 }),
        ),
      ).toEqual(pixels(x()));
    });

    it('takes five steps to 0.3 by default', () => {
      let steps = 0;
      const perturbed = iterativeFgsm(linear, x(), int(0), {
        onStep: () => (steps += 1),
      });
      expect(steps).toBe(5);
      expect(pixels(perturbed)[1]).toBeCloseTo(0.55, 6);
    });

    it('takes the gradient anew at each point', () => {
      // z₀ = (x − ½)², so ∇m = 1 − 2x: positive below ½, 0 at ½. From 0.375 with α = 0.125 the first step
      // arrives at ½ and the second stays; one step of ε = 0.25 overshoots to 0.625.
      const valley = pixelwiseClassifier((p) => p.sub(0.5).square());
      const run = (steps: number) =>
        pixels(
          iterativeFgsm(valley, pixel(0.375), int(0), {
            epsilon: 0.25,
            steps,
          }),
        );
      expect(run(2)).toEqual([0.5]);
      expect(run(1)).toEqual([0.625]);
    });

    it('clips to [0, 1] after each step, not once at the end', () => {
      // ∇m = 1/16 − 2x, α = 0.125: 0.0625 goes down to −0.0625, clipped to 0, then up to 0.125. Clipped only
      // at the end it would be at 0.0625.
      const valley = pixelwiseClassifier((p) => p.sub(1 / 32).square());
      const run = (clip: boolean) =>
        pixels(
          iterativeFgsm(valley, pixel(0.0625), int(0), {
            epsilon: 0.25,
            steps: 2,
            clip,
          }),
        );
      expect(run(true)).toEqual([0.125]);
      expect(run(false)).toEqual([0.0625]);
    });

    it('starts at the image itself: no random start', () => {
      const gradients: number[][] = [];
      const at = pixelwiseClassifier((p) => p.square()); // ∇m = −2x
      const onStep = (_: tf.Tensor, gradient: tf.Tensor) =>
        gradients.push(pixels(gradient));
      iterativeFgsm(at, pixel(0.75), int(0), {
        epsilon: 0.5,
        steps: 2,
        onStep,
      });
      expect(gradients).toEqual([[-1.5], [-1]]);
    });

    it('does not stop once the image is misclassified', () => {
      // z₀ = x − ½: misclassified from the first step on (0.5 − 0.0625 < ½), and still moved k times.
      const perturbed = iterativeFgsm(
        pixelwiseClassifier((p) => p.sub(0.5)),
        pixel(0.5),
        int(0),
        {
          epsilon: 0.25,
          steps: 4,
        },
      );
      expect(pixels(perturbed)).toEqual([0.25]);
    });

    it('starts with the gradient it is given and computes those of the later steps', () => {
      const valley = pixelwiseClassifier((p) => p.sub(0.5).square()); // ∇m = 1 − 2x
      const against = pixel(-1);
      // A first step down, against the slope, then one up: 0.375 − 0.125 + 0.125.
      const run = (steps: number) =>
        pixels(
          iterativeFgsm(valley, pixel(0.375), int(0), {
            epsilon: 0.25,
            steps,
            gradient: against,
          }),
        );
      expect(run(2)).toEqual([0.375]);
      expect(run(1)).toEqual([0.125]);
      expect(pixels(against)).toEqual([-1]);
    });

    it('climbs another loss if given', () => {
      // Sure of class 0, plain cross-entropy has a gradient of 0 in float32: nothing moves.
      const sure = linearClassifier([
        [80, 80, 80, 80],
        [0, 0, 0, 0],
      ]);
      const run = (loss?: typeof crossEntropy) =>
        pixels(
          iterativeFgsm(sure, image(1, 1, 1, 1), int(0), {
            epsilon: 0.25,
            steps: 1,
            ...(loss && { loss }),
          }),
        );
      expect(run()).toEqual([0.75, 0.75, 0.75, 0.75]);
      expect(run(crossEntropy)).toEqual([1, 1, 1, 1]);
    });

    it('leaves image and gradient as they are and leaks nothing', () => {
      const [images, labels] = [x(), int(0)];
      const gradient = inputGradient(linear, images, labels);
      const before = tf.memory().numTensors;
      for (const options of [
        {},
        { gradient },
        { clip: false },
        { steps: 1, gradient },
      ]) {
        iterativeFgsm(linear, images, labels, options).dispose();
      }
      expect(tf.memory().numTensors).toBe(before);
      expect(pixels(images)).toEqual([0.5, 0.25, 0.75, 0.125]);
      expect(gradient.isDisposed).toBe(false);
    });
  },
);

everyBackend('iterativeFgsm on bad input', () => {
  const x = () => image(0.5, 0.25, 0.75, 0.125);

  it.each([[-0.1], [NaN], [1.01], [Infinity]])(
    'refuses ε = %d with its value',
    (epsilon) => {
      expect(() => iterativeFgsm(linear, x(), int(0), { epsilon })).toThrow(
        new RangeError(
          `invalid epsilon: ${epsilon}, expected a number from 0 to 1 (pixel units)`,
        ),
      );
    },
  );

  it.each([[0], [1.5], [-1], [NaN], [Infinity]])(
    'refuses %d steps with their number',
    (steps) => {
      expect(() => iterativeFgsm(linear, x(), int(0), { steps })).toThrow(
        new RangeError(
          `invalid steps: ${steps}, expected a positive integer`,
        ),
      );
    },
  );

  it('refuses a gradient of another shape', () => {
    expect(() =>
      iterativeFgsm(linear, x(), int(0), {
        gradient: tf.zeros([1, 4, 1, 1]),
      }),
    ).toThrow(
      'invalid gradient: shape [1, 4, 1, 1], expected that of the images, [1, 2, 2, 1]',
    );
  });

  it('refuses labels that are not as many as the images, a known gradient or not', () => {
    const message =
      'invalid labels: shape [2] for images of shape [1, 2, 2, 1], expected [1]';
    expect(() => iterativeFgsm(linear, x(), int(0, 1))).toThrow(message);
    expect(() =>
      iterativeFgsm(linear, x(), int(0, 1), { steps: 1, gradient: x() }),
    ).toThrow(message);
  });

  it('refuses labels out of range with their value', () => {
    expect(() => iterativeFgsm(linear, x(), int(7))).toThrow(
      new RangeError('invalid label: 7, expected a class from 0 to 1'),
    );
  });

  it('stops at a gradient that stops being finite on the way, leaking nothing', () => {
    // z₀ = √x: ∇m = −½ / √x is finite at 0.25 and infinite at 0, where the first step of 0.25 arrives.
    const root = pixelwiseClassifier((p) => p.sqrt());
    const [images, labels] = [
      tf.tensor4d([1, 0.25], [2, 1, 1, 1]),
      int(0, 0),
    ];
    const before = tf.memory().numTensors;
    expect(() =>
      iterativeFgsm(root, images, labels, { epsilon: 0.5, steps: 2 }),
    ).toThrow(
      /gradient is not finite: (-Infinity|NaN) at image 1 of the batch/,
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  it('reads a known gradient once, however often it is passed in', () => {
    const images = tf.tensor4d([0.5, 0.5, 0.5, 0.5], [1, 2, 2, 1]);
    const gradient = tf.tensor4d([1, -1, 0, 2], [1, 2, 2, 1]);
    const reads = vi.spyOn(gradient, 'dataSync');
    for (const epsilon of [0.1, 0.2, 0.3]) {
      iterativeFgsm(linear, images, int(0), {
        epsilon,
        steps: 1,
        gradient,
      });
    }
    expect(reads).toHaveBeenCalledTimes(1);
  });

  it('stops at a known gradient that is not finite: its sign would be 0', () => {
    const gradient = tf.tensor4d([1, 1, 1, 1, 1, NaN, 1, 1], [2, 2, 2, 1]);
    const images = tf.tensor4d([0, 0, 0, 0, 0, 0, 0, 0], [2, 2, 2, 1]);
    expect(() =>
      iterativeFgsm(linear, images, int(0, 0), { gradient }),
    ).toThrow(/gradient is not finite: NaN at image 1 of the batch/);
    expect(gradient.isDisposed).toBe(false);
  });
});
