// One image under attack, step by step, with all that the report shows of it.
import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../attacks/classifier.ts';
import { losses } from '../networks/crossEntropy.ts';
import { iterativeFgsm } from '../attacks/iterativeFgsm.ts';
import { quantiseTowards } from './quantiseTowards.ts';
import { predict, type Prediction } from '../statistics.ts';
import { imageTensor } from '../networks/forward.ts';

/** x_t, the signs of the gradient at x_{t−1}, and what the network says of x_t. */
export interface AttackStep {
  /** One of "-", "0", "+" for each pixel. */
  signs: string;
  perturbed: number[];
  prediction: Prediction;
  /** Cross-entropy of the true label. */
  loss: number;
}

/** The image, its path to x*, and x* in bytes. */
export interface AttackedImage {
  original: { image: number[]; prediction: Prediction; loss: number };
  path: AttackStep[];
  quantised: { pixels: number[]; prediction: Prediction };
}

/**
 * Attacks one image with iterative FGSM (one step is FGSM) and keeps every step.
 *
 * @param pixels the image's 784 bytes, or floats in [0, 1]
 * @throws like the attacks
 */
export function attackImage(
  classifier: Classifier,
  pixels: Uint8Array | Float32Array,
  label: number,
  { epsilon, steps }: { epsilon: number; steps: number },
): AttackedImage {
  const x = imageTensor(pixels);
  const labels = tf.tensor1d([label], 'int32');
  const describe = (image: tf.Tensor4D) => ({
    prediction: predict(classifier, image)[0]!,
    loss: read(() => losses(classifier(image), labels))[0]!,
  });
  const path: AttackStep[] = [];
  const perturbed = iterativeFgsm(classifier, x, labels, {
    epsilon,
    steps,
    onStep: (next, gradient) =>
      path.push({
        signs: signString(gradient.dataSync()),
        perturbed: Array.from(next.dataSync()),
        ...describe(next),
      }),
  });
  const bytes = quantiseTowards(perturbed.dataSync(), x.dataSync());
  const rounded = imageTensor(bytes);
  const attacked: AttackedImage = {
    original: { image: Array.from(x.dataSync()), ...describe(x) },
    path,
    quantised: { pixels: Array.from(bytes), prediction: predict(classifier, rounded)[0]! },
  };
  tf.dispose([x, labels, perturbed, rounded]);
  return attacked;
}

/** Signs of a gradient as one of "-", "0", "+" for each pixel. */
export function signString(gradient: ArrayLike<number>): string {
  return Array.from(gradient, (g) => (g > 0 ? '+' : g < 0 ? '-' : '0')).join('');
}

function read(compute: () => tf.Tensor): ArrayLike<number> {
  const tensor = tf.tidy(compute);
  const values = tensor.dataSync();
  tensor.dispose();
  return values;
}
