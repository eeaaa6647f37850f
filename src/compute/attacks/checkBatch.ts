import type * as tf from '@tensorflow/tfjs-core';

/**
 * Checks that images and labels are one batch.
 *
 * @param images `[batch, height, width, channels]`
 * @param labels `[batch]`, int32
 * @throws if the ranks or the batch sizes do not match, or the batch is empty
 */
export function checkBatch(images: tf.Tensor4D, labels: tf.Tensor1D): void {
  const shape = `[${images.shape.join(', ')}]`;
  if (images.rank !== 4 || images.shape[0] < 1) {
    throw new RangeError(
      `invalid images: shape ${shape}, expected [batch, height, width, channels]`,
    );
  }
  if (labels.rank !== 1 || labels.shape[0] !== images.shape[0]) {
    throw new RangeError(
      `invalid labels: shape [${labels.shape.join(', ')}] for images of shape ${shape}, expected [${images.shape[0]}]`,
    );
  }
}
