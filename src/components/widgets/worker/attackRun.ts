import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../../../compute/attacks/classifier.ts';
import { inputGradient } from '../../../compute/attacks/inputGradient.ts';
import { iterativeFgsm } from '../../../compute/attacks/iterativeFgsm.ts';
import { argmax } from '../../../compute/statistics.ts';
import { imageTensor } from '../../../compute/networks/forward.ts';
import { lossOf } from '../session/lossOf.ts';
import type { AttackRun, Jobs, RunStep } from '../session/protocol.ts';
import { createGradientCache } from './gradientCache.ts';
import { predictImage } from './predictImage.ts';

const cache = createGradientCache();

/**
 * Attacks one image. The gradient at the image depends on neither ε nor k nor clip: it is kept from one
 * run to the next, so that a change of ε costs one forward pass when k is 1.
 *
 * @throws like the attacks
 */
export function attackRun(
  classifier: Classifier,
  { pixels, label: chosen, epsilon, steps, clip }: Jobs['attack']['request'],
): AttackRun {
  const image = imageTensor(pixels);
  const known = cache.find(pixels, chosen);
  const original = known?.original ?? predictImage(classifier, image);
  const label = chosen ?? argmax(original.probabilities);
  const labels = tf.tensor1d([label], 'int32');
  const gradient = known
    ? tf.tensor4d(known.gradient, [1, 28, 28, 1])
    : inputGradient(classifier, image, labels);
  const values = known?.gradient ?? (gradient.dataSync() as Float32Array);
  if (!known) cache.keep({ pixels, label, original, gradient: values });

  const path: RunStep[] = [];
  const perturbed = iterativeFgsm(classifier, image, labels, {
    epsilon,
    steps,
    clip,
    gradient,
    onStep: (next, slope) => {
      // Read before the network runs on x_t: what is there already is not waited for together with the network.
      const perturbed = next.dataSync().slice() as Float32Array;
      const gradientValues = slope === gradient ? values : slope.dataSync();
      const prediction = predictImage(classifier, next);
      path.push({
        signs: Int8Array.from(gradientValues, (g) => (g > 0 ? 1 : g < 0 ? -1 : 0)),
        perturbed,
        prediction,
        loss: lossOf(prediction.logits, label),
      });
    },
  });
  tf.dispose([image, labels, gradient, perturbed]);
  return { label, original: { prediction: original, loss: lossOf(original.logits, label) }, path };
}
