import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { everyBackend } from '../testing/everyBackend.ts';
import { expectAllClose } from '../testing/expectAllClose.ts';
import { crossEntropy, logSoftmaxCrossEntropy } from './crossEntropy.ts';

const int = (...labels: number[]) => tf.tensor1d(labels, 'int32');

everyBackend('the cross-entropy of logits and labels', () => {
  const forms = { crossEntropy, logSoftmaxCrossEntropy };

  it.each(Object.entries(forms))('%s is −log softmax(z)_y, summed over the batch', (_name, loss) => {
    // −log(1/4) for four equal logits; softmax of (log 3, 0) is (3/4, 1/4).
    const equal = loss(tf.zeros<tf.Rank.R2>([1, 4]), int(2));
    expectAllClose(equal, [Math.log(4)]);
    const logits = tf.tensor2d([Math.log(3), 0, Math.log(3), 0], [2, 2]);
    expectAllClose(loss(logits, int(0, 1)), [Math.log(4 / 3) + Math.log(4)]);
  });

  it.each(Object.entries(forms))('%s has the gradient softmax(z) − onehot(y) of the sum', (_name, loss) => {
    const logits = tf.tensor2d([Math.log(3), 0, Math.log(3), 0], [2, 2]);
    const gradient = tf.grad((z) => loss(z as tf.Tensor2D, int(0, 1)))(logits);
    expectAllClose(gradient, [-0.25, 0.25, 0.75, -0.75]);
  });

  it('logSoftmaxCrossEntropy subtracts the maximum: its gradient for a sure prediction is exactly 0', () => {
    const logits = tf.tensor2d([90.5, 70.25, 60], [1, 3]);
    const gradient = tf.grad((z) => logSoftmaxCrossEntropy(z as tf.Tensor2D, int(0)))(logits);
    expectAllClose(gradient, [0, Math.exp(-20.25), Math.exp(-30.5)]);
    expect(gradient.dataSync()[0]).toBe(0);
  });
});
