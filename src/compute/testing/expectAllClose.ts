import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/**
 * Expects two sequences to agree number by number: |actual − expected| ≤ tolerance · max(1, |expected|).
 *
 * @throws with the place of the largest difference and both numbers there
 */
export function expectAllClose(
  actual: tf.Tensor | ArrayLike<number>,
  expected: tf.Tensor | ArrayLike<number>,
  tolerance = 1e-6,
): void {
  const [a, b] = [values(actual), values(expected)];
  expect(a.length, 'number of values').toBe(b.length);
  let worst = { at: -1, error: 0 };
  for (let i = 0; i < a.length; i++) {
    const error = Math.abs(a[i]! - b[i]!) / Math.max(1, Math.abs(b[i]!));
    if (!(error <= worst.error)) worst = { at: i, error };
    if (Number.isNaN(error)) break;
  }
  const { at, error } = worst;
  if (!(error <= tolerance)) expect.fail(`${a[at]} at ${at}, expected ${b[at]} within ${tolerance}`);
}

/** The numbers of a tensor, or the sequence itself. */
function values(numbers: tf.Tensor | ArrayLike<number>): ArrayLike<number> {
  return numbers instanceof tf.Tensor ? numbers.dataSync() : numbers;
}
