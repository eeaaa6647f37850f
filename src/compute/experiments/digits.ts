// Digits as the stages need them: chosen from the test set, cut into slices, put on the backend.
import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../attacks/classifier.ts';
import { sampleWithoutReplacement } from '../data/generator.ts';
import { loadMnist, selectDigits, type Digits } from '../data/mnist.ts';
import { forward, imageTensor } from '../networks/forward.ts';
import { PIXELS } from '../data/shape.ts';
import type { Network } from '../networks/layers.ts';
import type { Options } from '../options.ts';

/** Images of one slice: as many as stay in the cache during a gradient. */
const SLICE = 250;

/** Digits with their indices in the test set. */
export interface IndexedDigits {
  indices: number[];
  digits: Digits;
}

/** The images of the sweeps: a seeded uniform draw without replacement from the whole test set. */
export async function sweepImages({
  seeds,
  sweep,
}: Pick<Options, 'seeds' | 'sweep'>): Promise<IndexedDigits> {
  const test = await loadMnist('test');
  const indices = sampleWithoutReplacement(seeds.testImages, test.count, sweep.images);
  return { indices, digits: selectDigits(test, indices) };
}

/** The first images of the test set. */
export async function firstImages(count: number): Promise<IndexedDigits> {
  const indices = Array.from({ length: count }, (_, i) => i);
  return { indices, digits: selectDigits(await loadMnist('test'), indices) };
}

/** Cuts digits into slices; where the cuts lie depends on the digits alone, never on the workers. */
export function slices({ images, labels, count }: Digits, size = SLICE): Pick<Digits, 'images' | 'labels'>[] {
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => ({
    images: images.slice(i * size * PIXELS, Math.min(count, (i + 1) * size) * PIXELS),
    labels: labels.slice(i * size, Math.min(count, (i + 1) * size)),
  }));
}

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
