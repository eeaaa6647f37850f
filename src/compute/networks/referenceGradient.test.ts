// The float64 reference, checked against finite differences; then the float32 gradients against it.
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { crossEntropy } from './crossEntropy.ts';
import { inputGradient, type Loss } from '../attacks/inputGradient.ts';
import { margins } from '../attacks/margin.ts';
import { createGenerator } from '../data/generator.ts';
import type { Digits } from '../data/mnist.ts';
import { everyBackend } from '../testing/everyBackend.ts';
import { expectAllClose } from '../testing/expectAllClose.ts';
import { drawnNetwork, everyKind } from '../testing/networks.ts';
import { firstDigits, trainedNetwork, withLogitsTimes } from '../testing/trainedNetwork.ts';
import { forward, imageTensor } from './forward.ts';
import { PIXELS } from '../data/shape.ts';
import type { Network } from './layers.ts';
import { createReference } from './referenceGradient.ts';

const IMAGES = 50;

let trained: Network;
const second = drawnNetwork({ architecture: everyKind, seed: 4, bias: 0.2 });
let digits: Digits;

beforeAll(async () => {
  trained = await trainedNetwork();
  digits = await firstDigits('test', IMAGES);
});

/** Every pixel a number of its own: where windows of max pooling tie, the margin has a kink. */
const noise = (i: number) => {
  const { uniform } = createGenerator(i);
  return Float64Array.from({ length: PIXELS }, () => uniform(0, 1));
};
const floats = (i: number) =>
  Float32Array.from(digits.images.subarray(i * PIXELS, (i + 1) * PIXELS), (byte) => byte / 255);

describe('createReference(network)(image, label)', () => {
  it.each(['trained', 'of every kind of layer'])(
    'has the gradient of its own margin’s finite differences, network %s',
    (which) => {
      const reference = createReference(which === 'trained' ? trained : second);
      const h = 1e-6;
      for (let i = 0; i < 3; i++) {
        const image = which === 'trained' ? Float64Array.from(floats(i)) : noise(i);
        const label = (digits.labels[i]! + i) % 10;
        const { gradient } = reference(image, label);
        // Every 23rd pixel, of all rows and columns: digit, background and border.
        for (let pixel = i; pixel < PIXELS; pixel += 23) {
          const marginAt = (value: number) => reference(image.with(pixel, value), label).margin;
          const slope = (marginAt(image[pixel]! + h) - marginAt(image[pixel]! - h)) / (2 * h);
          // m is of order 10, with 16 digits: its difference over 2h is good to 1e-8.
          expect(Math.abs(gradient[pixel]! - slope), `image ${i}, pixel ${pixel}`).toBeLessThan(1e-7);
        }
      }
    },
  );

  it('states margin and doubt as m = logsumexp of the rivals − z_y and 1 − p = σ(m)', () => {
    const reference = createReference(trained);
    for (let i = 0; i < 5; i++) {
      const label = digits.labels[i]!;
      const { logits, margin, doubt } = reference(floats(i), label);
      const exponentials = Array.from(logits, Math.exp);
      const total = exponentials.reduce((sum, e) => sum + e, 0);
      expect(margin).toBeCloseTo(Math.log(total - exponentials[label]!) - logits[label]!, 9);
      expect(doubt).toBeCloseTo(1 - exponentials[label]! / total, 12);
    }
  });
});

everyBackend('a float32 network', () => {
  it.each(['trained', 'of every kind of layer'])(
    'has the logits, margins and gradients of the reference, network %s',
    (which) => {
      const network = which === 'trained' ? trained : second;
      const { classifier } = forward(network);
      const reference = createReference(network);
      const x = imageTensor(digits.images.subarray(0, 4 * PIXELS));
      const labels = Array.from(digits.labels.subarray(0, 4));
      const y = tf.tensor1d(labels, 'int32');
      const exact = labels.map((label, i) => reference(floats(i), label));
      const logits = classifier(x);
      expectAllClose(
        logits,
        exact.flatMap((one) => Array.from(one.logits)),
        1e-5,
      );
      expectAllClose(
        margins(logits, y),
        exact.map(({ margin }) => margin),
        1e-5,
      );
      expectAllClose(
        inputGradient(classifier, x, y),
        exact.flatMap(({ gradient }) => Array.from(gradient)),
        1e-5,
      );
    },
  );
});

/** Pixels of each image whose sign differs from the reference's. */
function wrongSigns(network: Network, loss?: Loss): number[] {
  const { classifier, dispose } = forward(network);
  const x = imageTensor(digits.images);
  const y = tf.tensor1d(Int32Array.from(digits.labels), 'int32');
  const gradient = inputGradient(classifier, x, y, loss && { loss }).dataSync();
  dispose();
  const reference = createReference(network);
  return Array.from(digits.labels, (label, i) => {
    const exact = reference(floats(i), label).gradient;
    return exact.reduce(
      (wrong, g, j) => wrong + Number(Math.sign(g) !== Math.sign(gradient[i * PIXELS + j]!)),
      0,
    );
  });
}

const doubts = (network: Network) => {
  const reference = createReference(network);
  return Array.from(digits.labels, (label, i) => reference(floats(i), label).doubt);
};

describe('inputGradient(classifier, images, labels) on 50 test images', () => {
  const none = new Array<number>(IMAGES).fill(0);
  // Float32 has no number between 1 − 6e-8 and 1: below this, p is 1.
  const lost = 3e-8;

  it('has the sign of the reference on every pixel', () => {
    expect(wrongSigns(trained)).toEqual(none);
  });

  it('has them on images so confident that p is 1 in float32, where cross-entropy’s gradient is lost', () => {
    const sure = withLogitsTimes(trained, 8);
    const confident = doubts(sure).map((doubt) => doubt < lost);
    expect(confident.filter(Boolean).length).toBeGreaterThan(10);
    expect(wrongSigns(sure)).toEqual(none);
    const plain = wrongSigns(sure, crossEntropy).filter((_, i) => confident[i]);
    expect(plain.filter((wrong) => wrong > 0).length).toBeGreaterThan(plain.length / 2);
  });
});
