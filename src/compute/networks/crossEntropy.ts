import * as tf from '@tensorflow/tfjs-core';

/**
 * Cross-entropy of the true label summed over the batch, L = −log softmax(z)_y, with tfjs's own gradient: softmax as
 * exp(z − logsumexp z), no maximum subtracted first. Used for training and as a measured comparison, never to attack.
 *
 * @param logits `[batch, classes]`
 * @param labels true classes, `[batch]`, int32
 */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const truth = tf.oneHot(labels, logits.shape[1]).toFloat() as tf.Tensor2D;
  return tf.losses.softmaxCrossEntropy<tf.Tensor2D, tf.Scalar>(truth, logits, undefined, 0, tf.Reduction.SUM);
}

/**
 * The same cross-entropy as JAX and PyTorch write it: the maximum is subtracted, then L = −Σ onehot(y)·log_softmax(z),
 * whose gradient is exp(log_softmax(z)) − onehot(y). A measured comparison, never used to attack.
 */
export function logSoftmaxCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  return tf.oneHot(labels, logits.shape[1]).toFloat().mul(tf.logSoftmax(logits)).sum<tf.Scalar>().neg();
}
