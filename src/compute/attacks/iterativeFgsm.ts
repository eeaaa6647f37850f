import * as tf from '@tensorflow/tfjs-core';
import { checkAttack } from './checks.ts';
import type { AttackOptions } from './fgsm.ts';
import { inputGradient, sign, type Classifier } from './inputGradient.ts';

/** Options of the iterative attack. */
export interface IterativeOptions extends AttackOptions {
  /** Number of steps k, a positive integer. */
  steps?: number;
  /** Length α of a step; ε / k if left out. */
  stepSize?: number;
  /** Where to begin, `[batch, 28, 28, 1]`; at the images if left out. */
  start?: tf.Tensor4D;
  /** Told of x[t] and the gradient at x[t−1]; both are disposed after. */
  onStep?: (perturbed: tf.Tensor4D, gradient: tf.Tensor4D) => void;
}

/**
 * Iterative FGSM (basic iterative method): x[0] = x, α = ε / k,
 * x[t+1] = clip01(clip_ε(x[t] + α · sign ∇m(x[t]))), no random start and no
 * early stop unless told otherwise. One step is {@link fgsm}, bit for bit.
 *
 * Kurakin, Goodfellow, Bengio, "Adversarial examples in the physical world"
 * (2017), § 2.2.
 *
 * @param images `[batch, 28, 28, 1]`, in [0, 1]; left as they are
 * @param labels true classes, `[batch]`, int32
 * @throws like {@link fgsm}, and on steps that are not a positive integer
 */
export function iterativeFgsm(
  classifier: Classifier,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  {
    epsilon = 0.3,
    steps = 5,
    stepSize = epsilon / steps,
    start = images,
    clip = true,
    gradient,
    loss,
    onStep,
  }: IterativeOptions = {},
): tf.Tensor4D {
  checkAttack(images, labels, {
    epsilon,
    steps,
    stepSize,
    start,
    gradient,
  });
  return tf.tidy(() => {
    const [low, high] = [images.sub(epsilon), images.add(epsilon)];
    let x = start.clone();
    for (let step = 0; step < steps; step++) {
      const next = tf.tidy(() => {
        const known = step === 0 ? gradient : undefined;
        const g = known ?? inputGradient(classifier, x, labels, { loss });
        const moved = x.add(sign(g).mul(stepSize));
        const inBox = moved.maximum(low).minimum<tf.Tensor4D>(high);
        const clipped = clip ? tf.clipByValue(inBox, 0, 1) : inBox;
        onStep?.(clipped, g);
        return clipped;
      });
      x.dispose();
      x = next;
    }
    return x;
  });
}
