import * as tf from '@tensorflow/tfjs-core';
import { losses } from '../crossEntropy.ts';
import { countEqual, predictLabels } from '../../statistics.ts';
import { forward, imageTensor } from '../forward.ts';
import { PIXELS, type Network } from '../layers.ts';
import { VALIDATION_SLICE, type TrainingMemory } from './trainingMemory.ts';

/**
 * Mean loss and accuracy on the validation images, which follow those trained on. Each party sees to its
 * own slices; the sums over all slices are taken in the same order by everyone.
 *
 * @param own whether a slice is this party's
 * @param barrier returns once every party has called it
 */
export function validate(
  memory: TrainingMemory,
  network: Pick<Network, 'layers' | 'weights'>,
  { images, validationImages }: { images: number; validationImages: number },
  own: (slice: number) => boolean,
  barrier: () => void,
): { loss: number; accuracy: number } {
  const { classifier, dispose } = forward(network);
  const slices = Math.ceil(validationImages / VALIDATION_SLICE);
  for (let slice = 0; slice < slices; slice++) {
    if (!own(slice)) continue;
    const from = images + slice * VALIDATION_SLICE;
    const to = images + Math.min(validationImages, (slice + 1) * VALIDATION_SLICE);
    const labels = memory.labels.subarray(from, to);
    const x = imageTensor(memory.images.subarray(from * PIXELS, to * PIXELS));
    const loss = tf.tidy(() => losses(classifier(x), tf.tensor1d(Int32Array.from(labels), 'int32')).sum());
    memory.validationSums.set(
      [loss.dataSync()[0]!, countEqual(predictLabels(classifier, x), labels)],
      2 * slice,
    );
    tf.dispose([x, loss]);
  }
  dispose();
  barrier();
  // The sums are written again only after the next epoch's barriers.
  let [loss, correct] = [0, 0];
  for (let slice = 0; slice < slices; slice++) {
    loss += memory.validationSums[2 * slice]!;
    correct += memory.validationSums[2 * slice + 1]!;
  }
  return { loss: loss / validationImages, accuracy: correct / validationImages };
}
