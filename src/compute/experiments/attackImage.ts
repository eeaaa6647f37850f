// One image under attack, step by step: the same for the report's results and in the reader's browser.
import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../attacks/classifier.ts';
import { fgsm } from '../attacks/fgsm.ts';
import { inputGradient } from '../attacks/inputGradient.ts';
import { iterativeFgsm } from '../attacks/iterativeFgsm.ts';
import { imageTensor } from '../networks/forward.ts';
import { predict } from '../networks/predict.ts';
import type { Prediction } from '../results/schemas.ts';
import { signsOf } from '../signs.ts';
import { argmax, lossOf } from '../statistics.ts';

/** What the network says of an image, and the cross-entropy of the label. */
export interface Reading {
  prediction: Prediction;
  loss: number;
}

/** Where every attack on an image starts, whatever its ε, k and clip. */
export interface AttackStart {
  /** The class that the attack moves away from. */
  label: number;
  original: Reading;
  /** ∇m at the image, 784 values in row order. */
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
 * @throws like the attacks
 */
export function attackStart(
  classifier: Classifier,
  pixels: Uint8Array | Float32Array,
  label?: number,
): AttackStart {
  const image = imageTensor(pixels);
  const [prediction] = predict(classifier, image);
  const chosen = label ?? argmax(prediction!.logits);
  const labels = tf.tensor1d([chosen], 'int32');
  const gradient = inputGradient(classifier, image, labels);
  const values = gradient.dataSync() as Float32Array;
  tf.dispose([image, labels, gradient]);
  return {
    label: chosen,
    original: { prediction: prediction!, loss: lossOf(prediction!.logits, chosen) },
    gradient: values,
  };
}

/**
 * Attacks one image, with FGSM in one step and with iterative FGSM in several, and keeps every step.
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
  const image = imageTensor(pixels);
  const labels = tf.tensor1d([start.label], 'int32');
  const gradient = tf.tensor4d(start.gradient, image.shape);
  const path: AttackStep[] = [];
  const onStep = (next: tf.Tensor4D, taken: tf.Tensor4D) => {
    // Read before the network runs on x_t: what is there already is not waited for together with the network.
    const signs = signsOf(taken === gradient ? start.gradient : taken.dataSync());
    const perturbed = next.dataSync() as Float32Array;
    const [prediction] = predict(classifier, next);
    path.push({ signs, perturbed, prediction: prediction!, loss: lossOf(prediction!.logits, start.label) });
  };
  tf.tidy(() => {
    const options = { epsilon, clip, gradient };
    if (steps === 1) onStep(fgsm(classifier, image, labels, options), gradient);
    else iterativeFgsm(classifier, image, labels, { ...options, steps, onStep });
  });
  tf.dispose([image, labels, gradient]);
  return { ...start, path };
}
