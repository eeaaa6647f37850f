// A network that reads digits, trained in a few seconds on the spot: tests of what training leaves
// behind need no earlier build.
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';
import { loadMnist, selectDigits, type Digits } from '../data/mnist.ts';
import { createTrainingMemory } from '../networks/train/trainingMemory.ts';
import { trainParty } from '../networks/train/trainParty.ts';
import type { Weights } from '../networks/weights.ts';
import { smallOptions } from '../options.ts';

const IMAGES = 3_000;
const VALIDATION_IMAGES = 250;

let trained: Promise<Weights> | undefined;

/** Weights trained on the first 3,000 images for two epochs, once in each test file; starts the WASM backend. */
export function trainedWeights(): Promise<Weights> {
  trained ??= train();
  return trained;
}

async function train(): Promise<Weights> {
  await startWasmBackend();
  const { images, labels } = await firstDigits('train', IMAGES + VALIDATION_IMAGES);
  const training = {
    ...smallOptions.training,
    images: IMAGES,
    validationImages: VALIDATION_IMAGES,
    epochs: 2,
  };
  const memory = createTrainingMemory(images, labels, training);
  const alone = { party: 0, parties: 1, barrier: () => undefined };
  return trainParty(memory, { training, seeds: smallOptions.seeds }, alone).weights;
}

/**
 * The same network with its logits multiplied: every prediction stays and every confidence grows, until
 * 1 − p is lost in float32.
 */
export function withLogitsTimes(weights: Weights, factor: number): Weights {
  return weights.map((values, i) => (i < 6 ? values : values.map((value) => value * factor)));
}

/** The first digits of one half of MNIST. */
export async function firstDigits(split: 'train' | 'test', count: number): Promise<Digits> {
  return selectDigits(
    await loadMnist(split),
    Array.from({ length: count }, (_, i) => i),
  );
}
