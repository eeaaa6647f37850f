import * as tf from '@tensorflow/tfjs-core';
import { checkBatch } from './checkBatch.ts';
import { checkGradient } from './checkGradient.ts';
import type { Classifier, Loss } from './classifier.ts';
import { margin } from './margin.ts';

/**
 * Gradient of the loss with respect to the images, g = ∇ Σ m(x), the loss
 * summed over the batch so that each image's gradient is its own.
 *
 * @param images `[batch, 28, 28, 1]`
 * @param labels true classes, `[batch]`, int32
 * @returns `[batch, 28, 28, 1]`, finite everywhere
 * @throws if the shapes do not match, a label is not a class, or a gradient
 *   is not finite (with the image's place in the batch)
 */
export function inputGradient(
  classifier: Classifier,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  { loss = margin }: { loss?: Loss } = {},
): tf.Tensor4D {
  checkBatch(images, labels);
  const gradient = tf.tidy(() => {
    const total = (x: tf.Tensor) => {
      const logits = classifier(x as tf.Tensor4D);
      checkClasses(logits, labels);
      return loss(logits, labels);
    };
    return tf.grad(total)(images) as tf.Tensor4D;
  });
  try {
    checkGradient(gradient);
  } catch (error) {
    gradient.dispose();
    throw error;
  }
  return gradient;
}

function checkClasses(logits: tf.Tensor2D, labels: tf.Tensor1D): void {
  const classes = logits.shape[1];
  for (const label of labels.dataSync()) {
    if (!(label >= 0 && label < classes)) {
      throw new RangeError(
        `invalid label: ${label}, expected a class from 0 to ${classes - 1}`,
      );
    }
  }
}
