import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../../../compute/attacks/classifier.ts';
import type { Prediction } from '../../../compute/statistics.ts';
import { softmaxOf } from '../session/softmaxOf.ts';

/**
 * What the network says of one image. Only the logits are read back from the device: each reading waits for all that the
 * device has to do, the page's own painting included where there is no GPU.
 *
 * @param image `[1, 28, 28, 1]`
 * @throws if a logit is not finite
 */
export function predictImage(classifier: Classifier, image: tf.Tensor4D): Prediction {
  const output = tf.tidy(() => classifier(image));
  const logits = Array.from(output.dataSync());
  output.dispose();
  if (!logits.every(Number.isFinite)) throw new RangeError(`logits are not finite: ${logits.join(', ')}`);
  return { logits, probabilities: softmaxOf(logits) };
}
