// Checks of what the attacks are given.
import type * as tf from '@tensorflow/tfjs-core';

/** @throws if ε, steps, their size, images, labels, the start or a known gradient are not what an attack can use */
export function checkAttack(
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  {
    epsilon,
    steps = 1,
    stepSize = epsilon,
    start = images,
    gradient,
  }: {
    epsilon: number;
    steps?: number;
    stepSize?: number;
    start?: tf.Tensor4D;
    gradient: tf.Tensor4D | undefined;
  },
): void {
  checkEpsilon(epsilon);
  if (!(Number.isInteger(steps) && steps >= 1)) {
    throw new RangeError(`invalid steps: ${steps}, expected a positive integer`);
  }
  if (!(stepSize >= 0 && stepSize < Infinity)) {
    throw new RangeError(`invalid step size: ${stepSize}, expected a finite number from 0 on (pixel units)`);
  }
  checkBatch(images, labels);
  if (text(start) !== text(images)) {
    throw new RangeError(`invalid start: shape ${text(start)}, expected that of the images, ${text(images)}`);
  }
  if (gradient) checkGradient(gradient, images);
}

/** @throws if ε, a budget in [0, 1] pixel units, is not one */
export function checkEpsilon(epsilon: number): void {
  if (epsilon >= 0 && epsilon <= 1) return;
  throw new RangeError(`invalid epsilon: ${epsilon}, expected a number from 0 to 1 (pixel units)`);
}

/** @throws if images and labels are not one batch, or it is empty */
export function checkBatch(images: tf.Tensor4D, labels: tf.Tensor1D): void {
  if (images.rank !== 4 || images.shape[0] < 1) {
    throw new RangeError(`invalid images: shape ${text(images)}, expected [batch, height, width, channels]`);
  }
  if (labels.rank !== 1 || labels.shape[0] !== images.shape[0]) {
    throw new RangeError(
      `invalid labels: shape ${text(labels)} for images of shape ${text(images)}, expected [${images.shape[0]}]`,
    );
  }
}

/** @throws if a label is not one of the classes that the logits have */
export function checkLabels(labels: tf.Tensor1D, logits: tf.Tensor2D): void {
  const classes = logits.shape[1];
  for (const label of labels.dataSync()) {
    if (label >= 0 && label < classes) continue;
    throw new RangeError(`invalid label: ${label}, expected a class from 0 to ${classes - 1}`);
  }
}

// A sweep takes its first step at every ε from the same gradient.
const checked = new WeakSet<tf.Tensor>();

/**
 * Checks a gradient before its sign is taken: the sign of NaN would be 0, and
 * the image stay as it is.
 *
 * @throws if its shape is not that of the images, or a value is not finite
 */
export function checkGradient(gradient: tf.Tensor4D, images: tf.Tensor4D): void {
  if (text(gradient) !== text(images)) {
    throw new RangeError(
      `invalid gradient: shape ${text(gradient)}, expected that of the images, ${text(images)}`,
    );
  }
  if (checked.has(gradient)) return;
  const values = gradient.dataSync();
  // A plain loop: `findIndex` over every gradient of a sweep shows in its time.
  let bad = 0;
  while (bad < values.length && Number.isFinite(values[bad])) bad++;
  if (bad < values.length) {
    const image = Math.floor(bad / (values.length / images.shape[0]));
    throw new RangeError(
      `gradient is not finite: ${values[bad]} at image ${image} of the batch; ` +
        'check that the weights and the image are finite',
    );
  }
  checked.add(gradient);
}

function text({ shape }: tf.Tensor): string {
  return `[${shape.join(', ')}]`;
}
