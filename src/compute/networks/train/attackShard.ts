// What adversarial training adds: the images of a shard are perturbed with the weights of the moment, and after each epoch
// the validation images are attacked with more steps than training takes, so that one learnt by heart shows.
import * as tf from '@tensorflow/tfjs-core';
import { pgd } from '../../attacks/pgd.ts';
import type { Options } from '../../options.ts';
import { forward, imageTensor } from '../forward.ts';
import type { Network } from '../layers.ts';
import type { TrainingMemory } from './trainingMemory.ts';
import { validate } from './validate.ts';

type Adversary = Options['defence']['adversary'];
type Weighted = Pick<Network, 'layers' | 'weights'>;

/**
 * Perturbs images in place, by PGD with the steps that training takes. One step of 1.25 ε is the recipe of Wong, Rice, Kolter,
 * "Fast is better than free" (2020), § 4.
 *
 * @param pixels `[shard, 28, 28, 1]` as floats, one after the other
 * @param grown the part of ε that is in force
 */
export function attackShard(
  network: Weighted,
  pixels: Float32Array,
  labels: Uint8Array,
  { epsilon: largest, steps, stepSize }: Adversary,
  grown: number,
  seed: number,
): void {
  const { classifier, dispose } = forward(network);
  const epsilon = grown * largest;
  tf.tidy(() => {
    const options = { epsilon, steps, stepSize: stepSize * epsilon, seed };
    pixels.set(pgd(classifier, imageTensor(pixels), labelTensor(labels), options).dataSync());
  });
  dispose();
}

/** Accuracy on the first validation images under PGD. Called like {@link validate}. */
export function attackValidation(
  memory: TrainingMemory,
  network: Weighted,
  { images }: { images: number },
  { seed, watch: { images: validationImages, epsilon, steps } }: Adversary,
  own: (slice: number) => boolean,
  barrier: () => void,
): number {
  barrier();
  return validate(
    memory,
    network,
    { images, validationImages },
    own,
    barrier,
    (classifier, x, labels, slice) =>
      tf.tidy(() => pgd(classifier, x, labelTensor(labels), { epsilon, steps, seed: seed + slice })),
  ).accuracy;
}

function labelTensor(labels: Uint8Array): tf.Tensor1D {
  return tf.tensor1d(Int32Array.from(labels), 'int32');
}
