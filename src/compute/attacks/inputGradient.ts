import * as tf from '@tensorflow/tfjs-core';
import { checkBatch, checkGradient, checkLabels } from './checks.ts';
import { margin } from './margin.ts';

/**
 * A differentiable map from images `[batch, 28, 28, 1]` in [0, 1] to logits
 * `[batch, 10]`.
 */
export type Classifier = (images: tf.Tensor4D) => tf.Tensor2D;

/** Logits `[batch, classes]`, labels `[batch]` → the batch's summed loss. */
export type Loss = (logits: tf.Tensor2D, labels: tf.Tensor1D) => tf.Scalar;

/**
 * Gradient of the loss with respect to the images, g = ∇ Σ m(x): summed over
 * the batch, so that each image's gradient is its own.
 *
 * @param images `[batch, 28, 28, 1]`
 * @param labels true classes, `[batch]`, int32
 * @returns `[batch, 28, 28, 1]`
 * @throws on shapes or labels that do not fit, and on a gradient that is not
 *   finite, with the image's place in the batch
 */
export function inputGradient(
  classifier: Classifier,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  { loss = margin }: { loss?: Loss | undefined } = {},
): tf.Tensor4D {
  checkBatch(images, labels);
  return tf.tidy(() => {
    const lossOf = (x: tf.Tensor) => {
      const logits = classifier(x as tf.Tensor4D);
      checkLabels(labels, logits);
      return loss(logits, labels);
    };
    const gradient = tf.grad(lossOf)(images) as tf.Tensor4D;
    checkGradient(gradient, images);
    return gradient;
  });
}

/**
 * sign(g) = (g > 0) − (g < 0), elementwise: −1, 0 or 1, and 0 only for a
 * gradient of exactly 0.
 *
 * The backends' own `sign` is not this function: one returns 0 for |g|
 * below about 1.2e-7.
 */
export function sign<T extends tf.Tensor>(gradient: T): T {
  return tf.tidy(() =>
    gradient.greater(0).toFloat().sub<T>(gradient.less(0).toFloat()),
  );
}
