import type * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../../attacks/classifier.ts';
import { argmax, lossOf } from '../../statistics.ts';
import { forward, imageTensor } from '../forward.ts';
import { PIXELS } from '../../data/shape.ts';
import type { Network } from '../layers.ts';
import { predict } from '../predict.ts';
import { VALIDATION_SLICE, type TrainingMemory } from './trainingMemory.ts';

/**
 * Mean loss and accuracy on the validation images, which follow those trained on. Each worker takes its
 * own slices; the sums over all slices are taken in the same order by everyone.
 *
 * @param attack what is asked about in place of each slice's images; it gets the slice's number too
 * @param own whether a slice is this worker's
 * @param barrier returns once every worker has called it
 */
export function validate(
  memory: TrainingMemory,
  network: Pick<Network, 'layers' | 'weights'>,
  { images, validationImages }: { images: number; validationImages: number },
  own: (slice: number) => boolean,
  barrier: () => void,
  attack?: (classifier: Classifier, images: tf.Tensor4D, labels: Uint8Array, slice: number) => tf.Tensor4D,
): { loss: number; accuracy: number } {
  const { classifier, dispose } = forward(network);
  const slices = Math.ceil(validationImages / VALIDATION_SLICE);
  for (let slice = 0; slice < slices; slice++) {
    if (!own(slice)) continue;
    const from = images + slice * VALIDATION_SLICE;
    const to = images + Math.min(validationImages, (slice + 1) * VALIDATION_SLICE);
    const labels = memory.labels.subarray(from, to);
    const x = imageTensor(memory.images.subarray(from * PIXELS, to * PIXELS));
    const asked = attack?.(classifier, x, labels, slice) ?? x;
    const sums = predict(classifier, asked).reduce(
      ([loss, correct], { logits }, i) => [
        loss! + lossOf(logits, labels[i]!),
        correct! + Number(argmax(logits) === labels[i]),
      ],
      [0, 0],
    );
    memory.validationSums.set(sums, 2 * slice);
    x.dispose();
    asked.dispose();
  }
  dispose();
  barrier();
  let [loss, correct] = [0, 0];
  for (let slice = 0; slice < slices; slice++) {
    loss += memory.validationSums[2 * slice]!;
    correct += memory.validationSums[2 * slice + 1]!;
  }
  // The sums may be written again only after the next time that all meet.
  return { loss: loss / validationImages, accuracy: correct / validationImages };
}
