import * as tf from '@tensorflow/tfjs-core';
import { checkAttack } from './checks.ts';
import type { AttackOptions, Classifier } from './classifier.ts';
import { inputGradient } from './inputGradient.ts';
import { sign } from './sign.ts';

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
