import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { argmax } from '../statistics.ts';
import { linearClassifier } from '../testing/classifiers.ts';
import { everyBackend } from '../testing/everyBackend.ts';
import { expectAllClose } from '../testing/expectAllClose.ts';
import { predict, predictLabels } from './forward.ts';

// Two pixels, three classes: z = (a, b, a + b).
const classifier = linearClassifier([
  [1, 0],
  [0, 1],
  [1, 1],
]);
const images = (...pixels: number[][]) => tf.tensor4d(pixels.flat(), [pixels.length, 1, 2, 1]);

everyBackend('predict and predictLabels', () => {
  it('predictLabels(classifier, images) gives one class for each image, ties to the lowest', () => {
    const x = images([1, 0], [0, 0], [0.5, 0.25]);
    // z = (1, 0, 1), (0, 0, 0), (0.5, 0.25, 0.75).
    expect(predictLabels(classifier, x)).toEqual(Uint8Array.of(0, 0, 2));
  });

  it('predict(classifier, images) gives logits and probabilities in class order', () => {
    const [first, second] = predict(classifier, images([1, 0], [0.5, 0.25]));
    expect(first!.logits).toEqual([1, 0, 1]);
    const e = Math.E;
    expectAllClose(first!.probabilities, [e / (2 * e + 1), 1 / (2 * e + 1), e / (2 * e + 1)]);
    expect(second!.logits).toEqual([0.5, 0.25, 0.75]);
  });

  it('predict(classifier, images) keeps raw floats, however small', () => {
    const sure = linearClassifier([
      [60, 0],
      [0, 0],
      [30, 0],
    ]);
    // p₁ = e⁻⁶⁰ = 8.756510762696521e-27, p₂ = e⁻³⁰ = 9.357622968840175e-14.
    const [p0, p1, p2] = predict(sure, images([1, 0]))[0]!.probabilities;
    expect(p0).toBe(1);
    expect(p1! / 8.756510762696521e-27).toBeCloseTo(1, 4);
    expect(p2! / 9.357622968840175e-14).toBeCloseTo(1, 4);
    expect(p1).toBe(Math.fround(p1!));
  });

  it('predict agrees with predictLabels', () => {
    const x = images([1, 0], [0, 1], [0.5, 0.25]);
    const labels = predict(classifier, x).map(({ logits }) => argmax(logits));
    expect(labels).toEqual(Array.from(predictLabels(classifier, x)));
  });

  it.each([[NaN], [Infinity]])(
    'both stop at logits that are not finite (%d), with the image’s place',
    (value) => {
      const x = images([0, 0], [value, 0]);
      for (const run of [predict, predictLabels]) {
        expect(() => run(classifier, x)).toThrow(
          /logits are not finite: .*(NaN|Infinity).* for image 1 of the batch/,
        );
      }
    },
  );

  it('neither leaks a tensor', () => {
    const x = images([1, 0], [0, 1]);
    const before = tf.memory().numTensors;
    predict(classifier, x);
    predictLabels(classifier, x);
    expect(tf.memory().numTensors).toBe(before);
  });
});
