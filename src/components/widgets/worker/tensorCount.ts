import * as tf from '@tensorflow/tfjs-core';

/** Tensors alive between two jobs: those of the weights, whatever was computed. */
export function tensorCount(): number {
  return tf.memory().numTensors;
}
