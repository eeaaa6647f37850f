import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';
import { createInlinePool } from '../build/workerPool.ts';
import type { Digits } from '../data/mnist.ts';
import { forward, imageTensor } from '../networks/forward.ts';
import type { Network } from '../networks/layers.ts';
import { firstDigits, trainedNetwork, withLogitsTimes } from '../testing/trainedNetwork.ts';
import { runSweep } from './sweep.ts';
import { sweepSlice, type SweepOptions } from './sweepSlice.ts';

// So sure of its answers that the plain cross-entropy loses most gradients.
let network: Network;
let digits: Digits;
beforeAll(async () => {
  await startWasmBackend();
  network = withLogitsTimes(await trainedNetwork(), 20);
  digits = await firstDigits('test', 20);
});

const choices: SweepOptions = { epsilons: [0.1, 0.3], steps: 2, clip: true, loss: 'margin' };

it.each<Partial<SweepOptions>>([
  {},
  { steps: 1 },
  { clip: false },
  { loss: 'crossEntropy' },
  { epsilons: [0.2] },
])(
  'runSweep(context, network, digits, options) attacks and records with the options that it is given: %j',
  async (change) => {
    const options = { ...choices, ...change };
    const progress = { start: () => undefined, tick: () => undefined };
    const indices = Array.from({ length: digits.count }, (_, i) => i);
    const sweep = await runSweep(
      { run: createInlinePool().run, progress },
      network,
      { indices, digits },
      options,
    );
    const { classifier } = forward(network);
    const labels = tf.tensor1d(Int32Array.from(digits.labels), 'int32');
    expect(sweep).toMatchObject({
      ...options,
      ...sweepSlice(classifier, imageTensor(digits.images), labels, options),
    });
    expect(sweep.attack).toBe(options.steps === 1 ? 'fgsm' : 'iterativeFgsm');
    expect(sweep.zeroGradients.some((count) => count > 0)).toBe(options.loss === 'crossEntropy');
  },
);
