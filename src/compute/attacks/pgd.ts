import * as tf from '@tensorflow/tfjs-core';
import { createGenerator } from '../data/generator.ts';
import { checkEpsilon } from './checks.ts';
import type { Classifier } from './inputGradient.ts';
import { iterativeFgsm, type IterativeOptions } from './iterativeFgsm.ts';

/** Options of PGD: those of the iterative attack, with a seed in place of a start. */
export interface PgdOptions extends Omit<
  IterativeOptions,
  'start' | 'gradient'
> {
  /** Seed of the random start. */
  seed: number;
}

/**
 * Projected gradient descent: {@link iterativeFgsm} from a random start in
 * the box, with steps of 2.5 ε / k, long enough to reach any side of it.
 *
 * Madry et al., "Towards deep learning models resistant to adversarial
 * attacks" (2018), § 2.1.
 *
 * @param images `[batch, 28, 28, 1]`, in [0, 1]; left as they are
 * @param labels true classes, `[batch]`, int32
 * @throws like {@link iterativeFgsm}, and on a seed that is not one
 */
export function pgd(
  classifier: Classifier,
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  {
    seed,
    epsilon = 0.3,
    steps = 50,
    stepSize = (2.5 * epsilon) / steps,
    ...others
  }: PgdOptions,
): tf.Tensor4D {
  return tf.tidy(() => {
    const start = randomStart(images, { epsilon, seed });
    const options = { ...others, epsilon, steps, stepSize, start };
    return iterativeFgsm(classifier, images, labels, options);
  });
}

/**
 * A point of the box around each image: every pixel moved by one of 256
 * amounts from −ε to ε, drawn uniformly, and clipped to [0, 1].
 *
 * @throws if ε is not in [0, 1] or the seed not a non-negative 31-bit integer
 */
export function randomStart(
  images: tf.Tensor4D,
  { epsilon, seed }: { epsilon: number; seed: number },
): tf.Tensor4D {
  checkEpsilon(epsilon);
  const bytes = createGenerator(seed).bytes(images.size);
  return tf.tidy(() => {
    const drawn = tf.tensor4d(new Float32Array(bytes), images.shape);
    const moves = drawn.sub(127.5).mul(epsilon / 127.5);
    return tf.clipByValue(images.add<tf.Tensor4D>(moves), 0, 1);
  });
}
