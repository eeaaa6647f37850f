import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { everyBackend } from '../testing/everyBackend.ts';
import { expectAllClose } from '../testing/expectAllClose.ts';
import { crossEntropy, losses } from './crossEntropy.ts';

const int = (...labels: number[]) => tf.tensor1d(labels, 'int32');

everyBackend('crossEntropy(logits, labels)', () => {
  it('is −log softmax(z)_y, summed over the batch', () => {
    // −log(1/4) for four equal logits; softmax of (log 3, 0) is (3/4, 1/4).
    const equal = crossEntropy(tf.zeros<tf.Rank.R2>([1, 4]), int(2));
    expectAllClose(equal, [Math.log(4)]);
    const logits = tf.tensor2d([Math.log(3), 0, Math.log(3), 0], [2, 2]);
    expectAllClose(crossEntropy(logits, int(0, 1)), [Math.log(4 / 3) + Math.log(4)]);
  });

  it('has the gradient softmax(z) − onehot(y) of the sum, not of the mean', () => {
    const logits = tf.tensor2d([Math.log(3), 0, Math.log(3), 0], [2, 2]);
    const gradient = tf.grad((z) => crossEntropy(z as tf.Tensor2D, int(0, 1)))(logits);
    expectAllClose(gradient, [-0.25, 0.25, 0.75, -0.75]);
  });
});

everyBackend('losses(logits, labels)', () => {
  it('is softplus(m), equal to the cross-entropy where float32 can tell', () => {
    const cases = fc.record({
      logits: fc.array(fc.double({ min: -4, max: 4, noNaN: true }), {
        minLength: 10,
        maxLength: 10,
      }),
      label: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(cases, ({ logits, label }) => {
        const z = tf.tensor2d([logits]);
        expectAllClose(losses(z, int(label)), crossEntropy(z, int(label)), 3e-6);
      }),
      { seed: 3, numRuns: 50 },
    );
  });

  it('keeps the loss of a sure image, where the plain cross-entropy is 0', () => {
    const sure = tf.tensor2d([[30, 0]]); // L = log(1 + e⁻³⁰) = 9.357622968840175e-14
    expect(crossEntropy(sure, int(0)).dataSync()[0]).toBe(0);
    expect(losses(sure, int(0)).dataSync()[0]! / 9.357622968840175e-14).toBeCloseTo(1, 5);
  });

  it('is m itself for an image that is surely wrong', () => {
    expectAllClose(losses(tf.tensor2d([[-60, 40]]), int(0)), [100]);
  });

  it('leaks nothing', () => {
    const [z, y] = [tf.tensor2d([[1, 2]]), int(0)];
    const before = tf.memory().numTensors;
    losses(z, y).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
