// One image under attack, step by step: the same for the report's results and in the reader's browser.
import * as tf from '@tensorflow/tfjs-core';
import { inputGradient, type Classifier } from '../attacks/inputGradient.ts';
import { fgsm } from '../attacks/fgsm.ts';
import { iterativeFgsm } from '../attacks/iterativeFgsm.ts';
import { margin } from '../attacks/margin.ts';
import { towards } from '../attacks/targeted.ts';
import { imageTensor, rowsOf } from '../networks/forward.ts';
import type { Prediction } from '../results/schemas.ts';
import { signsOf } from '../signs.ts';
import { argmax, lossOf, softmax } from '../statistics.ts';

/** What the network says of an image, and the cross-entropy of the label. */
export interface Reading {
  prediction: Prediction;
  loss: number;
}

/** Where every attack on an image starts, whatever its ε, k and clip. */
export interface AttackStart {
  /** The true class, from which the attack moves away unless it has a target. */
  label: number;
  /** The class that the attack moves towards, if it is targeted. */
  target?: number | undefined;
  original: Reading;
  /** Gradient at the image of what the attack climbs, 784 values in row order. */
  gradient: Float32Array;
}

/** x_t, the signs of the gradient at x_{t−1} as −1, 0, 1, and what the network says of x_t. */
export interface AttackStep extends Reading {
  signs: Int8Array;
  perturbed: Float32Array;
}

/** An image and its path to x*. */
export interface AttackedImage extends AttackStart {
  path: AttackStep[];
}

/**
 * Predicts an image and takes the gradient at it.
 *
 * @param pixels the image's 784 bytes, or floats in [0, 1]
 * @param label its true class; the predicted one if it has none
 * @param target the class to move towards; the attack moves away from the true class if there is none
 * @throws like the attacks
 */
export function attackStart(
  classifier: Classifier,
  pixels: Uint8Array | Float32Array,
  label?: number,
  target?: number,
): AttackStart {
  return keepingLogits(classifier, (kept, read) => {
    const image = imageTensor(pixels);
    const chosen = label ?? argmax(rowsOf(kept(image))[0]!);
    const { labels, loss } = climbed({ label: chosen, target });
    const gradient = inputGradient(kept, image, labels, { loss }).dataSync() as Float32Array;
    return { label: chosen, target, original: read(chosen)[0]!, gradient };
  });
}

/**
 * Attacks one image, with FGSM in one step and with iterative FGSM in several, and keeps every step; towards the target
 * if the start has one.
 *
 * @param pixels the image's 784 bytes, or floats in [0, 1]
 * @param start what {@link attackStart} says of it
 * @throws like the attacks
 */
export function attackImage(
  classifier: Classifier,
  pixels: Uint8Array | Float32Array,
  start: AttackStart,
  { epsilon, steps, clip = true }: { epsilon: number; steps: number; clip?: boolean },
): AttackedImage {
  return keepingLogits(classifier, (kept, read) => {
    const image = imageTensor(pixels);
    const { labels, loss } = climbed(start);
    const gradient = tf.tensor4d(start.gradient, image.shape);
    const path: Pick<AttackStep, 'signs' | 'perturbed'>[] = [];
    const onStep = (next: tf.Tensor4D, taken: tf.Tensor4D) => {
      const signs = signsOf(taken === gradient ? start.gradient : taken.dataSync());
      path.push({ signs, perturbed: next.dataSync() as Float32Array });
    };
    const options = { epsilon, clip, gradient, loss };
    const end =
      steps === 1
        ? fgsm(kept, image, labels, options)
        : iterativeFgsm(kept, image, labels, { ...options, steps, onStep });
    if (steps === 1) onStep(end, gradient);
    kept(end);
    const readings = read(start.label);
    return { ...start, path: path.map((step, t) => ({ ...step, ...readings[t]! })) };
  });
}

function climbed({ label, target }: Pick<AttackStart, 'label' | 'target'>) {
  const labels = tf.tensor1d([target ?? label], 'int32');
  return { labels, loss: target === undefined ? margin : towards };
}

/**
 * Does work with a classifier that keeps the logits of all that it is asked, to be read once the work is done: the gradient at
 * x_t runs the network on x_t, which is not run again to predict it. No tensor is left.
 */
function keepingLogits<Result>(
  classifier: Classifier,
  work: (kept: Classifier, read: (label: number) => Reading[]) => Result,
): Result {
  const all: tf.Tensor2D[] = [];
  const kept: Classifier = (images) => {
    const logits = tf.keep(classifier(images));
    all.push(logits);
    return logits;
  };
  const read = (label: number) =>
    all.map((logits) => {
      const [values] = rowsOf(logits) as [number[]];
      return { prediction: { logits: values, probabilities: softmax(values) }, loss: lossOf(values, label) };
    });
  tf.engine().startScope('attack');
  try {
    return work(kept, read);
  } finally {
    tf.engine().endScope();
    tf.dispose(all);
  }
}
