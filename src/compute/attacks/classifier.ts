// What an attack needs to know of a network, and what can be asked of it.
import type * as tf from '@tensorflow/tfjs-core';

/** A differentiable map from images `[batch, 28, 28, 1]` in [0, 1] to logits `[batch, 10]`. */
export type Classifier = (images: tf.Tensor4D) => tf.Tensor2D;

/** A loss of each image, summed over the batch: logits `[batch, classes]`, labels `[batch]` → scalar. */
export type Loss = (logits: tf.Tensor2D, labels: tf.Tensor1D) => tf.Scalar;

/** Options of every attack. */
export interface AttackOptions {
  /** L∞ bound ε, the total budget, from 0 to 1 in pixel units. */
  epsilon?: number;
  /** Keep every pixel in [0, 1]. */
  clip?: boolean;
  /** Gradient at the images, `[batch, 28, 28, 1]`, if it is already known. */
  gradient?: tf.Tensor4D;
  /** The loss that is climbed; the margin if left out. */
  loss?: Loss;
}
