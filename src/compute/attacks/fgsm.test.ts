import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { linearClassifier } from '../testing/classifiers.ts';
import { everyBackend } from '../testing/everyBackend.ts';
import { fgsm } from './fgsm.ts';

const int = (...labels: number[]) => tf.tensor1d(labels, 'int32');
const image = (...pixels: number[]) => tf.tensor4d(pixels, [1, 2, 2, 1]);
const pixels = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

// Label 0: ∇m = w₁ − w₀ = (−1, 2, 0, −3), so the signs are (−, +, 0, −). All numbers are exact in float32.
const classifier = linearClassifier([
  [1, -2, 0, 3],
  [0, 0, 0, 0],
]);

everyBackend('fgsm(classifier, images, labels, { epsilon })', () => {
  const x = () => image(0.5, 0.25, 0.75, 0.125);

  it('moves each pixel by ε along the sign of the gradient and clips to [0, 1]', () => {
    // 0.5 − 0.25, 0.25 + 0.25, 0.75 as it is, 0.125 − 0.25 clipped to 0.
    expect(
      pixels(fgsm(classifier, x(), int(0), { epsilon: 0.25 })),
    ).toEqual([0.25, 0.5, 0.75, 0]);
  });

  it('leaves [0, 1] with { clip: false }', () => {
    const perturbed = fgsm(classifier, x(), int(0), {
      epsilon: 0.25,
      clip: false,
    });
    expect(pixels(perturbed)).toEqual([0.25, 0.5, 0.75, -0.125]);
  });

  it('leaves pixels with zero gradient unchanged', () => {
    const third = (epsilon: number) =>
      pixels(fgsm(classifier, x(), int(0), { epsilon }))[2];
    expect([0.125, 0.5, 1].map(third)).toEqual([0.75, 0.75, 0.75]);
  });

  it('climbs the loss of the given label, not of the prediction', () => {
    // Label 1 turns every sign: 0.5 + 0.25, 0.25 − 0.25, 0.75, 0.125 + 0.25.
    expect(
      pixels(fgsm(classifier, x(), int(1), { epsilon: 0.25 })),
    ).toEqual([0.75, 0, 0.75, 0.375]);
  });

  it('reaches both ends of [0, 1] at ε = 1, and no further', () => {
    expect(pixels(fgsm(classifier, x(), int(0), { epsilon: 1 }))).toEqual([
      0, 1, 0.75, 0,
    ]);
  });

  it('is the identity at ε = 0', () => {
    expect(pixels(fgsm(classifier, x(), int(0), { epsilon: 0 }))).toEqual(
      pixels(x()),
    );
  });

  it('spends ε = 0.3 by default', () => {
    const byDefault = pixels(fgsm(classifier, x(), int(0)));
    expect(byDefault).toEqual(
      pixels(fgsm(classifier, x(), int(0), { epsilon: 0.3 })),
    );
    expect(byDefault[1]).toBeCloseTo(0.55, 6);
  });

  it.each([[-0.1], [NaN], [1.01], [Infinity]])(
    'refuses ε = %d with its value',
    (epsilon) => {
      expect(() => fgsm(classifier, x(), int(0), { epsilon })).toThrow(
        new RangeError(
          `invalid epsilon: ${epsilon}, expected a number from 0 to 1 (pixel units)`,
        ),
      );
    },
  );
});
