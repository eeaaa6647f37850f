// What every backend computes for the conformance tests: a seeded network on the first test images.
import * as tf from '@tensorflow/tfjs-core';
import { firstImages } from '../../src/compute/experiments/digits.ts';
import { createAdam } from '../../src/compute/networks/train/adam.ts';
import { PIXELS } from '../../src/compute/data/shape.ts';
import type { Network } from '../../src/compute/networks/layers.ts';
import { shardGradients } from '../../src/compute/networks/train/shards.ts';
import { withLogitsTimes } from '../../src/compute/testing/trainedNetwork.ts';
import { drawnNetwork, everyKind } from '../../src/compute/testing/networks.ts';

/** Images of the comparison of gradients, and of the training step. */
export const IMAGES = 8;

/** The last layer times this: margins of −10 and less, where plain cross-entropy loses its gradient. */
const CONFIDENT = 400;

/** The networks: the report's as drawn, so confident that 1 − p is lost in float32, and one of every kind of layer. */
export function networks(): Record<'drawn' | 'confident' | 'everyKind', Network> {
  const drawn = drawnNetwork();
  return {
    drawn,
    confident: withLogitsTimes(drawn, CONFIDENT),
    everyKind: drawnNetwork({ architecture: everyKind, seed: 4, bias: 0.2 }),
  };
}

/** The networks by name. */
export const networkNames = ['drawn', 'confident', 'everyKind'] as const;

/** The first images of the test set: bytes and classes. */
export async function images() {
  return (await firstImages(IMAGES)).digits;
}

/** What one step of training leaves: the losses before and after, and of each weight's gradient its norm and samples. */
export interface TrainingStep {
  lossBefore: number;
  lossAfter: number;
  gradients: { norm: number; samples: number[] }[];
}

/** One step of Adam on the mean cross-entropy of the images, on the current backend. */
export async function trainingStep(): Promise<TrainingStep> {
  const { layers, weights } = networks().drawn;
  const { images: pixels, labels } = await images();
  const before = shardGradients({ layers, weights, images: pixels, labels });
  const mean = before.gradients.map((gradient) => gradient.map((value) => value / IMAGES));
  createAdam(weights, { beta1: 0.9, beta2: 0.999, adamEpsilon: 1e-8 })(weights, mean, 0.002);
  const after = shardGradients({ layers, weights, images: pixels, labels });
  return {
    lossBefore: before.loss / IMAGES,
    lossAfter: after.loss / IMAGES,
    gradients: mean.map((values) => ({
      norm: Math.hypot(...values),
      samples: Array.from({ length: 16 }, (_, i) => values[Math.floor((i * values.length) / 16)]!),
    })),
  };
}

/** The images as `[count, 28, 28, 1]`, in [0, 1]. */
export async function imageBatch(): Promise<tf.Tensor4D> {
  const { images: bytes } = await images();
  const pixels = Float32Array.from(bytes, (byte) => byte / 255);
  return tf.tensor4d(pixels, [IMAGES, 28, 28, 1]);
}

/** The pixels of one image of several. */
export function imageOf<T extends Float32Array | Uint8Array>(values: T, i: number): T {
  return values.subarray(i * PIXELS, (i + 1) * PIXELS) as T;
}
