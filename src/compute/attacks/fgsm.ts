import * as tf from '@tensorflow/tfjs-core';
import { checkAttack } from './checks.ts';
import {
  inputGradient,
  sign,
  type Classifier,
  type Loss,
} from './inputGradient.ts';

/** Options of every attack. */
export interface AttackOptions {
  /** L∞ bound ε, the total budget, from 0 to 1 in pixel units. */
  epsilon?: number;
  /** Keep every pixel in [0, 1]. */
  clip?: boolean;
  /** Gradient at the images, `[batch, 28, 28, 1]`, if it is already known. */
  gradient?: tf.Tensor4D;
  /** The loss that is climbed; the margin if left out. */
  loss?: Loss;
}

/**
 * Fast gradient sign method: x* = clip01(x + ε · sign ∇m(x)), where ∇m has
 * the sign of the cross-entropy's gradient.
 *
 * Goodfellow, Shlens, Szegedy, "Explaining and harnessing adversarial
 * examples" (2015), § 4.
 *
 * @param images `[batch, 28, 28, 1]`, in [0, 1]; left as they are
 * @param labels true classes, `[batch]`, int32
 * @throws on an ε outside [0, 1] and like {@link inputGradient}
 */
export function fgsm(
  classifier: Classifier,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  { epsilon = 0.3, clip = true, gradient, loss }: AttackOptions = {},
): tf.Tensor4D {
  checkAttack(images, labels, { epsilon, gradient });
  return tf.tidy(() => {
    const g =
      gradient ?? inputGradient(classifier, images, labels, { loss });
    const perturbed = images.add<tf.Tensor4D>(sign(g).mul(epsilon));
    return clip ? tf.clipByValue(perturbed, 0, 1) : perturbed;
  });
}
