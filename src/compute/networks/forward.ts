// The network's forward pass, a plain function of its weights: the same for training, attacks,
// sweeps and the reader's browser.
import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../attacks/classifier.ts';
import { PIXELS } from './layers.ts';
import { weightTensors, type Weights, type WeightTensors } from './weights.ts';

/**
 * Logits of a batch of images.
 *
 * @param weights the eight tensors in the order of `weightSpecs`
 * @param images `[batch, 28, 28, 1]`, in [0, 1]
 * @returns `[batch, 10]`
 */
export function forward(weights: WeightTensors, images: tf.Tensor4D): tf.Tensor2D {
  const [kernel1, bias1, kernel2, bias2, dense1, denseBias1, dense2, denseBias2] = weights;
  return tf.tidy(() => {
    const maps1 = tf
      .conv2d(images, kernel1 as tf.Tensor4D, 2, 'same')
      .add(bias1!)
      .relu(); // [batch, 14, 14, 16]
    const pooled1 = tf.avgPool(maps1 as tf.Tensor4D, 2, 1, 'valid'); // [batch, 13, 13, 16]
    const maps2 = tf
      .conv2d(pooled1, kernel2 as tf.Tensor4D, 2, 'valid')
      .add(bias2!)
      .relu(); // [batch, 5, 5, 32]
    const pooled2 = tf.avgPool(maps2 as tf.Tensor4D, 2, 1, 'valid'); // [batch, 4, 4, 32]
    const flat = pooled2.reshape<tf.Tensor2D>([images.shape[0], -1]); // [batch, 512]
    const hidden = flat
      .matMul(dense1 as tf.Tensor2D)
      .add(denseBias1!)
      .relu(); // [batch, 32]
    return hidden.matMul(dense2 as tf.Tensor2D).add<tf.Tensor2D>(denseBias2!); // [batch, 10]
  });
}

/** A classifier with its weights on the backend. */
export interface Model {
  classifier: Classifier;
  dispose: () => void;
}

/**
 * The network with the given weights.
 *
 * @throws if the weights do not fit the network or are not finite
 */
export function createModel(weights: Weights): Model {
  const tensors = weightTensors(weights);
  return { classifier: (images) => forward(tensors, images), dispose: () => tf.dispose(tensors) };
}

/** Bytes or floats of images, one after the other, as `[count, 28, 28, 1]` in [0, 1]: bytes / 255. */
export function imageTensor(pixels: Uint8Array | Float32Array): tf.Tensor4D {
  if (pixels.length === 0 || pixels.length % PIXELS !== 0) {
    throw new RangeError(`invalid images: ${pixels.length} pixels, expected a multiple of ${PIXELS}`);
  }
  const values = pixels instanceof Float32Array ? pixels : Float32Array.from(pixels, (byte) => byte / 255);
  return tf.tensor4d(values, [pixels.length / PIXELS, 28, 28, 1]);
}
