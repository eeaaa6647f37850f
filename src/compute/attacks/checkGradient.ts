import type * as tf from '@tensorflow/tfjs-core';

/**
 * Checks a gradient before its sign is taken: the sign of NaN would be 0, and
 * the image stay as it is.
 *
 * @param gradient `[batch, height, width, channels]`
 * @throws if a value is not finite, with the image's place in the batch
 */
export function checkGradient(gradient: tf.Tensor4D): void {
  const values = gradient.dataSync();
  // A plain loop: `findIndex` over every gradient of a sweep shows in its time.
  let bad = 0;
  while (bad < values.length && Number.isFinite(values[bad])) bad++;
  if (bad === values.length) return;
  const image = Math.floor(bad / (gradient.size / gradient.shape[0]));
  throw new RangeError(
    `gradient is not finite: ${values[bad]} at image ${image} of the batch; ` +
      'check that the weights and the image are finite',
  );
}
