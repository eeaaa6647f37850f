// What adversarial training adds: the images of a shard are perturbed with the weights of the moment, and after each epoch
// the validation images are attacked by that one step and by many, so that a step learnt by heart shows.
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
 * Perturbs images in place by one step from a random start, 1.25 ε long in the paper.
 *
 * Wong, Rice, Kolter, "Fast is better than free: revisiting adversarial training" (2020), algorithm 3.
 *
 * @param pixels `[shard, 28, 28, 1]` as floats, one after the other
 * @param options ε and the seed of the start
 */
export function attackShard(
  network: Weighted,
  pixels: Float32Array,
  labels: Uint8Array,
  { epsilon, stepSize, seed }: Pick<Adversary, 'epsilon' | 'stepSize' | 'seed'>,
): void {
  const { classifier, dispose } = forward(network);
  const options = { epsilon, steps: 1, stepSize: stepSize * epsilon, seed };
  const perturbed = tf.tidy(() => pgd(classifier, imageTensor(pixels), labelTensor(labels), options));
  pixels.set(perturbed.dataSync());
  perturbed.dispose();
  dispose();
}

/** Accuracy on the validation images under one step as in training, and under PGD. Called like {@link validate}. */
export function attackValidation(
  memory: TrainingMemory,
  network: Weighted,
  training: Options['training'],
  { seed, stepSize, watch: { epsilon, steps } }: Adversary,
  own: (slice: number) => boolean,
  barrier: () => void,
): { fgsmAccuracy: number; pgdAccuracy: number } {
  const [fgsm, severalSteps] = [{ steps: 1, stepSize: stepSize * epsilon }, { steps }].map((options) => {
    // The sums of the last validation are read before others are written.
    barrier();
    return validate(memory, network, training, own, barrier, (classifier, x, labels, slice) =>
      tf.tidy(() => pgd(classifier, x, labelTensor(labels), { ...options, epsilon, seed: seed + slice })),
    ).accuracy;
  });
  return { fgsmAccuracy: fgsm!, pgdAccuracy: severalSteps! };
}

function labelTensor(labels: Uint8Array): tf.Tensor1D {
  return tf.tensor1d(Int32Array.from(labels), 'int32');
}
