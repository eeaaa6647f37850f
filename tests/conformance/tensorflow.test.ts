// The backends that are installed by choice, through the real packages: their sweeps against the default's, and a
// computation from end to end.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWasmBackend } from '../../src/compute/backend/wasm/startWasmBackend.ts';
import { selectDigits, loadMnist } from '../../src/compute/data/mnist.ts';
import { forward, imageTensor } from '../../src/compute/networks/forward.ts';
import type { Network } from '../../src/compute/networks/layers.ts';
import { accuracy } from '../../src/compute/results/curve.ts';
import { headline } from '../../src/compute/build/resultsLock.ts';
import { readResult } from '../../src/compute/results/readResult.ts';
import { sweepSlice } from '../../src/compute/experiments/sweepSlice.ts';
import { trainedNetwork } from '../../src/compute/testing/trainedNetwork.ts';
import { tensorflowBackends } from './backends.ts';

/** How far the accuracies of two backends may differ on the same weights and 1,000 images. */
const ACCURACY = 0.003;
const IMAGES = 1_000;
const epsilons = [0, 0.05, 0.1, 0.15, 0.2, 0.3];

const [backend] = tensorflowBackends();

it('finds a TensorFlow backend to test', () => {
  expect(
    backend,
    'neither @tensorflow/tfjs-node-gpu nor @tensorflow/tfjs-node is installed: run `npm run setup:gpu`, or `npm install --no-save --save-prod @tensorflow/tfjs-node@4.22.0`',
  ).toBeDefined();
});

describe.runIf(backend)(`the ${backend?.name ?? ''} backend`, () => {
  let network: Network;
  const curves: Record<string, number[]> = {};

  /** Accuracy at each ε on the current backend. */
  async function accuracies(steps: number): Promise<number[]> {
    const digits = selectDigits(
      await loadMnist('test'),
      Array.from({ length: IMAGES }, (_, i) => i * 10),
    );
    const { classifier, dispose } = forward(network);
    const x = imageTensor(digits.images);
    const y = tf.tensor1d(Int32Array.from(digits.labels), 'int32');
    const { predicted } = sweepSlice(classifier, x, y, { epsilons, steps, clip: true, loss: 'margin' });
    dispose();
    tf.dispose([x, y]);
    return predicted.map((row) => accuracy(digits.labels.join(''), row).value);
  }

  beforeAll(async () => {
    network = await trainedNetwork();
    await startWasmBackend();
    for (const steps of [1, 5]) curves[steps] = await accuracies(steps);
    await backend!.start();
    expect(tf.getBackend()).toBe('tensorflow');
  });

  it.each([1, 5])('has the default backend’s accuracies in %d steps, within 0.003', async (steps) => {
    const found = await accuracies(steps);
    for (const [i, epsilon] of epsilons.entries()) {
      expect(Math.abs(found[i]! - curves[steps]![i]!), `epsilon ${epsilon}`).toBeLessThanOrEqual(ACCURACY);
    }
  });
});

describe.runIf(backend)('npm run compute on it', () => {
  const root = mkdtempSync(join(tmpdir(), 'tensorflow-'));
  afterAll(() => rmSync(root, { recursive: true }));

  it('computes the small preset and says which device TensorFlow used', async () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        'src/compute/build/commands/compute.ts',
        ...['--preset', 'small', '--backend', backend!.name, '--root', join(root, 'out')],
      ],
      { encoding: 'utf8' },
    );
    expect(status, `${stdout}\n${stderr}`).toBe(0);
    const { provenance } = await readResult('fgsm-curve', { root: join(root, 'out') });
    expect(provenance.backend.name).toBe(backend!.name);
    expect(provenance.backend.identity).toMatch(/^@tensorflow\/tfjs-node(-gpu)? 4\.22\.0, TensorFlow 2\./);
    expect(provenance.backend.device).toMatch(/^(GPU \(CUDA\)|CPU \(TensorFlow\))$/);
    expect(stdout).toContain(provenance.backend.device);
    const { accuracy: share } = await headline(join(root, 'out'));
    expect(share.clean).toBeGreaterThan(0.7);
    expect(share.iterative).toBeLessThan(share.clean);
  });

  it('says what to do when the other package is asked for and not installed', () => {
    const other = backend!.name === 'gpu' ? 'tensorflow' : 'gpu';
    if (tensorflowBackends().some(({ name }) => name === other)) return;
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        'src/compute/build/commands/compute.ts',
        '--preset',
        'small',
        '--backend',
        other,
        '--root',
        join(root, 'other'),
      ],
      { encoding: 'utf8' },
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/backend \w+: the package @tensorflow\/\S+ is not installed/);
  });
});
