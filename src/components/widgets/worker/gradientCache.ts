import type { AttackStart } from '../../../compute/experiments/attackImage.ts';
import { argmax } from '../../../compute/statistics.ts';

/** The starts of the images attacked last, so that another ε, k or clip needs no new gradient. Plain arrays: no tensor lives on. */
export interface GradientCache {
  /** The start of an image with that label; without a label, of the class that the network reads. */
  find: (pixels: Float32Array, label: number | undefined) => AttackStart | undefined;
  /** Keeps a start and returns it. */
  keep: (pixels: Float32Array, start: AttackStart) => AttackStart;
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
  let entries: { pixels: Float32Array; start: AttackStart }[] = [];
  return {
    find: (pixels, label) =>
      entries.find(
        ({ pixels: known, start }) =>
          start.label === (label ?? argmax(start.original.prediction.logits)) && equal(known, pixels),
      )?.start,
    keep: (pixels, start) => {
      entries = [{ pixels, start }, ...entries].slice(0, capacity);
      return start;
    },
  };
}

function equal(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
