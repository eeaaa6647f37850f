// A network that reads digits, trained in a few seconds on the spot: tests of what training leaves
// behind need no earlier build.
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';
import { loadMnist, selectDigits, type Digits } from '../data/mnist.ts';
import { createInlinePool } from '../build/workerPool.ts';
import { trainingDigits, trainOn } from '../experiments/train.ts';
import { mnistCnn, type Network } from '../networks/layers.ts';
import { smallOptions } from '../options.ts';

let trained: Promise<Network> | undefined;

/** The report's network trained on the first 3,000 images for two epochs, once in each test file; starts the WASM backend. */
export function trainedNetwork(): Promise<Network> {
  trained ??= train();
  return trained;
}

async function train(): Promise<Network> {
  await startWasmBackend();
  const training = { ...smallOptions.training, images: 3_000, validationImages: 250, epochs: 2 };
  const progress = { start: () => undefined, tick: () => undefined };
  const { weights } = await trainOn(
    { run: createInlinePool().run, progress },
    await trainingDigits(training),
    {
      training,
      seeds: smallOptions.seeds,
    },
  );
  return { ...mnistCnn, weights };
}

/**
 * The same network with its logits multiplied: every prediction stays and every confidence grows, until
 * 1 − p is lost in float32.
 */
export function withLogitsTimes(network: Network, factor: number): Network {
  const last = network.weights.length - 2;
  const weights = network.weights.map((values, i) =>
    i < last ? values : values.map((value) => value * factor),
  );
  return { ...network, weights };
}

/** The first digits of one half of MNIST. */
export async function firstDigits(split: 'train' | 'test', count: number): Promise<Digits> {
  return selectDigits(
    await loadMnist(split),
    Array.from({ length: count }, (_, i) => i),
  );
}
