import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../../attacks/classifier.ts';
import { forward, imageTensor } from '../../networks/forward.ts';
import type { Network } from '../../networks/layers.ts';

/** A slice of digits with the network that looks at them. */
export interface DigitsArguments {
  network: Network;
  /** Bytes, 784 for each image. */
  images: Uint8Array;
  labels: Uint8Array;
}

/** Puts network, images and labels on the backend for the time of one call. */
export function onDigits<T>(
  { network, images, labels }: DigitsArguments,
  work: (classifier: Classifier, images: tf.Tensor4D, labels: tf.Tensor1D) => T,
): T {
  const model = forward(network);
  const x = imageTensor(images);
  const y = tf.tensor1d(Int32Array.from(labels), 'int32');
  try {
    return work(model.classifier, x, y);
  } finally {
    model.dispose();
    tf.dispose([x, y]);
  }
}
