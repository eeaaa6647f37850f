import type * as tf from '@tensorflow/tfjs-core';
import { checkBatch } from './checkBatch.ts';
import { checkGradient } from './checkGradient.ts';

/**
 * Checks what an attack is given.
 *
 * @throws on an ε outside [0, 1], steps that are not a positive integer,
 *   shapes that do not match, or a gradient that is not finite
 */
export function checkAttack(
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  epsilon: number,
  steps: number,
  gradient?: tf.Tensor4D,
): void {
  if (!(epsilon >= 0 && epsilon <= 1)) {
    throw new RangeError(
      `invalid epsilon: ${epsilon}, expected a number from 0 to 1 (pixel units)`,
    );
  }
  if (!Number.isInteger(steps) || steps < 1) {
    throw new RangeError(
      `invalid steps: ${steps}, expected a positive integer`,
    );
  }
  checkBatch(images, labels);
  if (gradient && gradient.shape.join() !== images.shape.join()) {
    throw new RangeError(
      `invalid gradient: shape [${gradient.shape.join(', ')}], ` +
        `expected that of the images, [${images.shape.join(', ')}]`,
    );
  }
  if (gradient) checkGradient(gradient);
}
