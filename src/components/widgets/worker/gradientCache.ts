import type { Prediction } from '../../../compute/statistics.ts';

/** The gradient at an image, and what the network says of the image. Plain arrays: no tensor lives on. */
export interface KnownGradient {
  pixels: Float32Array;
  label: number;
  original: Prediction;
  gradient: Float32Array;
}

/** The gradients of the images seen last. */
export interface GradientCache {
  /** The entry of an image with that label; without a label, of the class that the network reads. */
  find: (pixels: Float32Array, label: number | undefined) => KnownGradient | undefined;
  keep: (entry: KnownGradient) => void;
}

/**
 * A cache of the last few gradients, found by the pixels themselves.
 *
 * @throws if the capacity is not a positive integer
 */
export function createGradientCache(capacity = 4): GradientCache {
  if (!Number.isInteger(capacity) || capacity < 1) {
    throw new RangeError(`invalid capacity: ${capacity}, expected a positive integer`);
  }
  let entries: KnownGradient[] = [];
  return {
    find: (pixels, label) =>
      entries.find((entry) => entry.label === (label ?? readAs(entry)) && equal(entry.pixels, pixels)),
    keep: (entry) => {
      entries = [entry, ...entries].slice(0, capacity);
    },
  };
}

function readAs({ original: { probabilities } }: KnownGradient): number {
  return probabilities.indexOf(Math.max(...probabilities));
}

function equal(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
