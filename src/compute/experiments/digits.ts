// Digits as the stages need them: chosen from the test set, cut into slices, put on the backend.
import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../attacks/inputGradient.ts';
import { sampleWithoutReplacement } from '../data/generator.ts';
import { loadMnist, selectDigits, type Digits } from '../data/mnist.ts';
import { forward, imageTensor } from '../networks/forward.ts';
import { PIXELS } from '../data/shape.ts';
import type { Network } from '../networks/layers.ts';
import type { Options } from '../options.ts';
import type { StageContext } from './stage.ts';

/** Images of one slice: as many as stay in the cache during a gradient. */
const SLICE = 250;

/** Images of the test set: their indices there, their labels one digit each, and the digits themselves. */
export interface IndexedDigits {
  indices: number[];
  labels: string;
  digits: Digits;
}

/** The test images of some indices, in that order. */
export async function testImages(indices: number[]): Promise<IndexedDigits> {
  const digits = selectDigits(await loadMnist('test'), indices);
  return { indices, labels: digits.labels.join(''), digits };
}

/** The images of the sweeps: a seeded uniform draw without replacement from the whole test set. */
export function sweepImages({ seeds, sweep }: Pick<Options, 'seeds' | 'sweep'>): Promise<IndexedDigits> {
  return testImages(sampleWithoutReplacement(seeds.testImages, 10_000, sweep.images));
}

/** The first images of the test set. */
export function firstImages(count: number): Promise<IndexedDigits> {
  return testImages(Array.from({ length: count }, (_, i) => i));
}

/** Cuts digits into slices; where the cuts lie depends on the digits alone, never on the workers. */
export function slices({ images, labels }: Digits, size = SLICE): Digits[] {
  return Array.from({ length: Math.ceil(labels.length / size) }, (_, i) => {
    const [first, end] = [i * size, (i + 1) * size];
    // Copies: a message takes along the whole memory that an array looks into, of a view of the training set 47 MB.
    return {
      images: Uint8Array.from(images.subarray(first * PIXELS, end * PIXELS)),
      labels: Uint8Array.from(labels.subarray(first, end)),
    };
  });
}

/** What work makes of each slice of digits, on all workers, in order. */
export function onSlices<T>(
  { progress }: Pick<StageContext, 'progress'>,
  digits: Digits,
  work: (slice: Digits, place: number) => Promise<T>,
  size = SLICE,
): Promise<T[]> {
  const working = slices(digits, size).map(async (slice, place) => {
    const result = await work(slice, place);
    progress.tick(slice.labels.length);
    return result;
  });
  return Promise.all(working);
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
