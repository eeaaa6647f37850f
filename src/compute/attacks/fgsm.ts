import type * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from './classifier.ts';
import { iterativeFgsm, type AttackOptions } from './iterativeFgsm.ts';

/**
 * Fast gradient sign method: x* = clip01(x + ε · sign ∇m(x)), one step of
 * {@link iterativeFgsm}.
 *
 * Goodfellow, Shlens, Szegedy, "Explaining and harnessing adversarial
 * examples" (2015), § 4.
 *
 * @param images `[batch, 28, 28, 1]`, in [0, 1]; left as they are
 * @param labels true classes, `[batch]`, int32
 * @returns perturbed images `[batch, 28, 28, 1]`
 * @throws like {@link iterativeFgsm}
 */
export function fgsm(
  classifier: Classifier,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  { epsilon = 0.3, ...options }: Omit<AttackOptions, 'steps'> = {},
): tf.Tensor4D {
  return iterativeFgsm(classifier, images, labels, {
    ...options,
    epsilon,
    steps: 1,
  });
}
