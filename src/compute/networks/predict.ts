// What a network says of images, in plain numbers.
import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../attacks/inputGradient.ts';
import type { Prediction } from '../results/schemas.ts';
import { argmax, softmax } from '../statistics.ts';

/**
 * Logits and probabilities of each image. Only the logits are read back from the device: each reading waits for all that it has
 * to do.
 *
 * @param images `[batch, 28, 28, 1]`
 * @throws if a logit is not finite, with the image's place in the batch
 */
export function predict(classifier: Classifier, images: tf.Tensor4D): Prediction[] {
  return logitsOf(classifier, images).map((logits) => ({ logits, probabilities: softmax(logits) }));
}

/** Predicted class of each image. Throws like {@link predict}. */
export function predictLabels(classifier: Classifier, images: tf.Tensor4D): Uint8Array {
  return Uint8Array.from(logitsOf(classifier, images), (logits) => argmax(logits));
}

/** The rows of logits `[batch, classes]`. Throws like {@link predict}. */
export function rowsOf(logits: tf.Tensor2D): number[][] {
  const [count, classes] = logits.shape;
  const values = logits.dataSync();
  return Array.from({ length: count }, (_, i) => {
    const row = Array.from(values.subarray(i * classes, (i + 1) * classes));
    if (!row.every(Number.isFinite)) {
      throw new RangeError(`logits are not finite: ${row.join(', ')} for image ${i} of the batch`);
    }
    return row;
  });
}

function logitsOf(classifier: Classifier, images: tf.Tensor4D): number[][] {
  const logits = tf.tidy(() => classifier(images));
  try {
    return rowsOf(logits);
  } finally {
    logits.dispose();
  }
}
