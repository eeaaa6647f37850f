import * as tf from '@tensorflow/tfjs-core';
import { it } from 'vitest';
import { everyBackend } from '../testing/everyBackend.ts';
import { expectAllClose } from '../testing/expectAllClose.ts';
import { crossEntropy } from './crossEntropy.ts';

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
