import * as tf from '@tensorflow/tfjs-core';

/**
 * sign(g) = (g > 0) − (g < 0), elementwise: −1, 0 or 1, and 0 only for a
 * gradient of exactly 0.
 *
 * The backends' own `sign` is not this function: one returns 0 for |g|
 * below about 1.2e-7.
 */
export function sign<T extends tf.Tensor>(gradient: T): T {
  return tf.tidy(() =>
    gradient.greater(0).toFloat().sub<T>(gradient.less(0).toFloat()),
  );
}
