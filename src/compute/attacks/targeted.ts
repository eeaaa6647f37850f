import * as tf from '@tensorflow/tfjs-core';
import type { Classifier, Loss } from './inputGradient.ts';
import { iterativeFgsm, type IterativeOptions } from './iterativeFgsm.ts';
import { margin } from './margin.ts';

/** What a targeted attack climbs: the margin of the target class, negated. */
export const towards: Loss = (logits, targets) =>
  tf.neg(margin(logits, targets));

/**
 * Targeted attack: {@link iterativeFgsm} down the margin of a class t in place
 * of up that of the true class, x[t+1] = … x[t] − α · sign ∇m_t(x[t]) ….
 *
 * @param images `[batch, 28, 28, 1]`, in [0, 1]; left as they are
 * @param targets class that each image is to be taken for, `[batch]`, int32
 * @throws like {@link iterativeFgsm}
 */
export function targeted(
  classifier: Classifier,
  images: tf.Tensor4D,
  targets: tf.Tensor1D,
  options: Omit<IterativeOptions, 'loss'> = {},
): tf.Tensor4D {
  return iterativeFgsm(classifier, images, targets, {
    ...options,
    loss: towards,
  });
}
