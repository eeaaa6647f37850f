// The margin carries the sign of the loss's gradient through float32,
// where the usual gradient softmax(z) − onehot(y) cancels as soon as the
// network is sure of an image.
import * as tf from '@tensorflow/tfjs-core';

// Far below any logit, and still finite in 16 bits: exp(−10000) is 0 on every
// device.
const EXCLUDED = 1e4;

/**
 * Margin of each image, m = logsumexp_{j != y} z_j − z_y, with the exact
 * gradient ∂m/∂z = softmax_{j != y}(z) − onehot(y).
 *
 * The cross-entropy of the true label is L = softplus(m), so
 * ∇L = σ(m)·∇m with σ(m) > 0, and sign ∇L = sign ∇m.
 *
 * @param logits `[batch, classes]`
 * @param labels true classes, `[batch]`, int32
 * @returns `[batch]`
 */
export function margins(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
): tf.Tensor1D {
  const classes = logits.shape[1];
  return tf.customGrad((z, save) => {
    const input = z as tf.Tensor2D;
    const truth = tf.oneHot(labels, classes).toFloat() as tf.Tensor2D;
    const rivals = input.sub<tf.Tensor2D>(truth.mul(EXCLUDED));
    (save as tf.GradSaveFunc)([rivals, truth]);
    return {
      value: tf
        .logSumExp(rivals, 1)
        .sub<tf.Tensor1D>(input.mul(truth).sum(1)),
      gradFunc: (dy: tf.Tensor, [savedRivals, savedTruth]: tf.Tensor[]) =>
        tf.softmax(savedRivals!).sub(savedTruth!).mul(dy.expandDims(1)),
    };
  })(logits);
}

/** The margins summed over the batch, the default loss of the attacks. */
export function margin(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
): tf.Scalar {
  return margins(logits, labels).sum();
}
