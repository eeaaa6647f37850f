// A sweep: the same images attacked at every ε of a grid. Images are
// independent of each other, so a sweep over many is cut into slices that
// run on all cores and in the reader's browser.
import type * as tf from '@tensorflow/tfjs-core';
import {
  inputGradient,
  type Classifier,
  type Loss,
} from '../attacks/inputGradient.ts';
import { fgsm } from '../attacks/fgsm.ts';
import { iterativeFgsm } from '../attacks/iterativeFgsm.ts';
import { margin } from '../attacks/margin.ts';
import {
  crossEntropy,
  logSoftmaxCrossEntropy,
} from '../networks/crossEntropy.ts';
import { predictLabels } from '../networks/forward.ts';

/** What a sweep does at each ε. One step is FGSM. */
export interface SweepOptions {
  epsilons: readonly number[];
  steps: number;
  clip: boolean;
  loss: keyof typeof losses;
}

/**
 * Predictions at each ε, one digit for each image, and the number of images
 * that met a gradient of zero.
 */
export interface SweepRows {
  predicted: string[];
  zeroGradients: number[];
}

/** What the sign is taken of: the margin, or the cross-entropy as others write it. */
export const losses = {
  margin,
  logSoftmax: logSoftmaxCrossEntropy,
  crossEntropy,
} satisfies Record<string, Loss>;

/**
 * Attacks each image at each ε and predicts its class. The gradient at the
 * images does not depend on ε: it is computed once and serves as the first
 * step of every run.
 *
 * @param images `[batch, 28, 28, 1]`, in [0, 1]
 * @param labels true classes, `[batch]`, int32
 * @param onEpsilon called after each ε with the number of those done
 * @throws like the attacks
 */
export function sweepSlice(
  classifier: Classifier,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  { epsilons, steps, clip, loss }: SweepOptions,
  onEpsilon?: (done: number) => void,
): SweepRows {
  const climbed = losses[loss];
  const gradient = inputGradient(classifier, images, labels, {
    loss: climbed,
  });
  const zeroAtStart = zeroImages(gradient);
  const rows: SweepRows = { predicted: [], zeroGradients: [] };
  for (const epsilon of epsilons) {
    const zero = new Set(zeroAtStart);
    const options = { epsilon, clip, gradient, loss: climbed };
    const onStep = (_: tf.Tensor4D, g: tf.Tensor4D) => {
      if (g === gradient) return;
      for (const image of zeroImages(g)) zero.add(image);
    };
    const perturbed =
      steps === 1 || epsilon === 0
        ? fgsm(classifier, images, labels, options)
        : iterativeFgsm(classifier, images, labels, {
            ...options,
            steps,
            onStep,
          });
    rows.predicted.push(predictLabels(classifier, perturbed).join(''));
    rows.zeroGradients.push(zero.size);
    perturbed.dispose();
    onEpsilon?.(rows.predicted.length);
  }
  gradient.dispose();
  return rows;
}

function zeroImages(gradient: tf.Tensor4D): number[] {
  const values = gradient.dataSync();
  const pixels = gradient.size / gradient.shape[0];
  return Array.from({ length: gradient.shape[0] }, (_, i) => i).filter(
    (i) =>
      values
        .subarray(i * pixels, (i + 1) * pixels)
        .every((value) => value === 0),
  );
}
