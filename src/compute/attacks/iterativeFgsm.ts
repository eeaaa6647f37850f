import * as tf from '@tensorflow/tfjs-core';
import { checkAttack } from './checkAttack.ts';
import type { Classifier, Loss } from './classifier.ts';
import { inputGradient } from './inputGradient.ts';
import { sign } from './sign.ts';

/**
 * Options of the attacks. ε is the total budget in [0, 1] pixel units, of
 * which each step spends ε / k.
 */
export interface AttackOptions {
  /** L∞ bound ε, from 0 to 1. */
  epsilon?: number;
  /** Number of steps k, a positive integer. */
  steps?: number;
  /** Keep every pixel in [0, 1]. */
  clip?: boolean;
  /** Gradient at `images`, `[batch, 28, 28, 1]`, if it is already known. */
  gradient?: tf.Tensor4D;
  /** The loss that is climbed; the margin if left out. */
  loss?: Loss;
  /** Told of x[t] and the gradient at x[t−1]; both are disposed after. */
  onStep?: (perturbed: tf.Tensor4D, gradient: tf.Tensor4D) => void;
}

/**
 * Iterative fast gradient sign method (basic iterative method):
 * x[0] = x, α = ε / k, x[t+1] = clip01(clip_ε(x[t] + α · sign ∇m(x[t]))),
 * the gradient taken anew at each point.
 *
 * No random start and no early stop; k = 1 is {@link fgsm}, bit for bit.
 * Kurakin, Goodfellow, Bengio, "Adversarial examples in the physical world"
 * (2017), § 2.2.
 *
 * @param images `[batch, 28, 28, 1]`, in [0, 1]; left as they are
 * @param labels true classes, `[batch]`, int32
 * @returns perturbed images `[batch, 28, 28, 1]`
 * @throws on an ε outside [0, 1], steps that are not a positive integer,
 *   shapes that do not match, labels out of range, or a gradient that is
 *   not finite
 */
export function iterativeFgsm(
  classifier: Classifier,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  {
    epsilon = 0.3,
    steps = 5,
    clip = true,
    gradient,
    loss,
    onStep,
  }: AttackOptions = {},
): tf.Tensor4D {
  checkAttack(images, labels, epsilon, steps, gradient);
  const stepSize = epsilon / steps;
  return tf.tidy(() => {
    // clip01 after clip_ε is a clip to what the two boxes share.
    const [low, high] = [images.sub(epsilon), images.add(epsilon)];
    const [lowest, highest] = clip
      ? [low.maximum(0), high.minimum(1)]
      : [low, high];

    let perturbed = images.clone();
    for (let step = 0; step < steps; step++) {
      const known = step === 0 ? gradient : undefined;
      const g =
        known ??
        inputGradient(classifier, perturbed, labels, loss && { loss });
      const next = tf.tidy(() =>
        perturbed
          .add(sign(g).mul(stepSize))
          .maximum(lowest)
          .minimum<tf.Tensor4D>(highest),
      );
      onStep?.(next, g);
      if (g !== gradient) g.dispose();
      perturbed.dispose();
      perturbed = next;
    }
    return perturbed;
  });
}
