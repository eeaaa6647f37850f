import * as tf from '@tensorflow/tfjs-core';

/**
 * Cross-entropy of the true label summed over the batch, L = −log softmax(z)_y, in plain float32 as
 * the libraries do it. Used for training and as a measured comparison, never to attack.
 *
 * @param logits `[batch, classes]`
 * @param labels true classes, `[batch]`, int32
 */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const truth = tf.oneHot(labels, logits.shape[1]).toFloat() as tf.Tensor2D;
  return tf.losses.softmaxCrossEntropy<tf.Tensor2D, tf.Scalar>(truth, logits, undefined, 0, tf.Reduction.SUM);
}
