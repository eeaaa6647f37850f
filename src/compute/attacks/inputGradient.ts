import * as tf from '@tensorflow/tfjs-core';
import { checkBatch, checkGradient, checkLabels } from './checks.ts';
import type { Classifier, Loss } from './classifier.ts';
import { margin } from './margin.ts';

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
