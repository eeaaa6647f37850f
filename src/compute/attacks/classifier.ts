// What an attack needs to know of a network: nothing but its logits.
import type * as tf from '@tensorflow/tfjs-core';

/** A differentiable map from images `[batch, 28, 28, 1]` in [0, 1] to logits `[batch, 10]`. */
export type Classifier = (images: tf.Tensor4D) => tf.Tensor2D;

/** A loss of each image, summed over the batch: logits `[batch, classes]`, labels `[batch]` → scalar. */
export type Loss = (logits: tf.Tensor2D, labels: tf.Tensor1D) => tf.Scalar;
