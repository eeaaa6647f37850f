import * as tf from '@tensorflow/tfjs-core';
import { checkEpsilon } from '../attacks/checks.ts';
import { createGenerator } from '../data/generator.ts';

/**
 * Moves each pixel by ε up or down at random, clipped to [0, 1]: what the size of the step does alone.
 *
 * @param images `[batch, 28, 28, 1]`, in [0, 1]
 * @returns `[batch, 28, 28, 1]`
 * @throws if the seed is not a non-negative 32-bit integer, or ε not in [0, 1]
 */
export function randomSigns(
  images: tf.Tensor4D,
  { epsilon, seed }: { epsilon: number; seed: number },
): tf.Tensor4D {
  checkEpsilon(epsilon);
  const generator = createGenerator(seed);
  const signs = Float32Array.from({ length: images.size }, () => 2 * generator.integer(0, 1) - 1);
  return tf.tidy(
    () => images.add(tf.tensor4d(signs, images.shape).mul(epsilon)).clipByValue(0, 1) as tf.Tensor4D,
  );
}
