import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it, vi } from 'vitest';
import { fusedGradients } from '../../../compute/backend/fusedGradients.ts';
import { drawnNetwork } from '../../../compute/testing/networks.ts';
import type { Classifier } from '../../../compute/attacks/inputGradient.ts';
import type { Layer, Window } from '../../../compute/networks/layers.ts';
import type { Jobs } from '../session/protocol.ts';
import { findNetwork, loadNetwork, runJob } from './loadNetwork.ts';

const samples = `${import.meta.dirname}/../../../../samples`;
const dense = async () => [
  { name: 'torch-dense.onnx', bytes: new Uint8Array(await readFile(`${samples}/torch-dense.onnx`)) },
];

beforeAll(async () => {
  fusedGradients.forEach(tf.registerGradient);
  await tf.setBackend('cpu');
});

it('reads a network out of files, tells its layers and SHA-256, and takes its input in any units with the same weights', async () => {
  const words: string[] = [];
  const found = await findNetwork({ files: await dense() }, (told) => words.push(told));
  expect(words).toEqual(['fetching what reads the file', 'reading the file']);
  const before = tf.memory().numTensors;
  const passes: number[] = [];
  const { description, classifierIn } = loadNetwork(found, (milliseconds) => passes.push(milliseconds));
  expect(description.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(description.layers.at(-1)).toMatchObject({ kind: 'dense', shape: [10] });
  const tensors = tf.memory().numTensors;
  expect(tensors - before).toBe(found.weights.length);
  tf.tidy(() => {
    const grey = tf.fill<tf.Rank.R4>([1, 28, 28, 1], 0.5);
    const black = tf.zeros<tf.Rank.R4>([1, 28, 28, 1]);
    // −1 … 1 has its zero at a grey of a half.
    expect(classifierIn('-1..1')(grey).dataSync()).toEqual(classifierIn('0..1')(black).dataSync());
    expect(passes).toHaveLength(2);
    expect(classifierIn('-1..1')).toBe(classifierIn('-1..1'));
  });
  expect(tf.memory().numTensors).toBe(tensors);
});

it('expects more time of a pass the more images there are, the more layers, and the more these do', () => {
  const time = (layers: Layer[], images: number) => {
    const passes: number[] = [];
    const ends: Layer[] = [
      { name: 'flatten', kind: 'flatten' },
      { name: 'out', kind: 'dense', units: 10 },
    ];
    const network = drawnNetwork({ architecture: { name: 'drawn', layers: [...layers, ...ends] } });
    const found = { ...network, sha256: '', notes: [] };
    const { classifierIn } = loadNetwork(found, (milliseconds) => passes.push(milliseconds));
    tf.tidy(() => classifierIn(undefined)(tf.zeros([images, 28, 28, 1])));
    return passes[0]!;
  };
  const window = (side: number): Window & { name: string } => ({
    name: 'window',
    size: [side, side],
    strides: [1, 1],
    padding: 'same',
  });
  const times = [
    time([], 1),
    time([], 9),
    time([{ name: 'tanh', kind: 'tanh' }], 9),
    time([{ kind: 'maxPool', ...window(3) }], 9),
    time([{ kind: 'maxPool', ...window(5) }], 9),
    time([{ kind: 'conv', channels: 2, ...window(5) }], 9),
  ];
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
});

it('refuses files that are no network, in one sentence', async () => {
  const files = [{ name: 'notes.onnx', bytes: new Uint8Array([1, 2, 3]) }];
  await expect(findNetwork({ files }, () => undefined)).rejects.toThrow(/notes\.onnx|file/);
});

it('blames no file for code that does not come', async () => {
  const reader = '../../../compute/networks/import/readOnnx.ts';
  vi.resetModules();
  vi.doMock(reader, () => {
    throw new TypeError('Failed to fetch dynamically imported module: https://a.org/reader.js');
  });
  try {
    const fresh = await import('./loadNetwork.ts');
    const finding = fresh.findNetwork({ files: await dense() }, () => undefined);
    await expect(finding).rejects.toThrow(/^A part of the scripts could not be fetched: reload the page/);
  } finally {
    vi.doUnmock(reader);
    vi.resetModules();
  }
});

/** z₀ = Σx, z₁ = 1: an image is a zero if its pixels sum to more than 1. Counts its forward passes. */
function sumClassifier() {
  const calls = { count: 0 };
  const classifier: Classifier = (images) => {
    calls.count++;
    const sum = images.reshape([images.shape[0], -1]).sum(1, true);
    const rest = tf.zeros([images.shape[0], 8]);
    return tf.concat([sum, tf.onesLike(sum), rest], 1) as tf.Tensor2D;
  };
  return { classifier, calls };
}

const grey = (value: number) => new Float32Array(784).fill(value);
const settings = { epsilon: 0.1, steps: 1, clip: true };

it('attacks an image again without a new gradient, whatever its ε, its label or the predicted one, its target', () => {
  const { classifier, calls } = sumClassifier();
  const attack = (request: Partial<Jobs['attack']['request']>) => {
    const before = calls.count;
    const { label } = runJob(classifier, 'attack', {
      pixels: grey(0.5),
      label: 0,
      ...settings,
      ...request,
    }) as Jobs['attack']['result'];
    return { label, passes: calls.count - before };
  };
  // The gradient at the image and x*; then x* alone.
  expect(attack({})).toEqual({ label: 0, passes: 2 });
  expect(attack({ epsilon: 0.2 })).toEqual({ label: 0, passes: 1 });
  expect(attack({ label: undefined })).toEqual({ label: 0, passes: 1 });
  expect(attack({ target: 1 })).toEqual({ label: 0, passes: 2 });
  expect(attack({ target: 1, epsilon: 0.2 })).toEqual({ label: 0, passes: 1 });
  expect(attack({ label: 1 })).toEqual({ label: 1, passes: 2 });
  for (const value of [0.1, 0.2, 0.3]) attack({ pixels: grey(value) });
  expect(attack({}).passes).toBe(2);
});

it('leaves no tensor behind, even of a job that fails', () => {
  const { classifier } = sumClassifier();
  const before = tf.memory().numTensors;
  runJob(classifier, 'predict', { pixels: grey(0.5) });
  expect(() => runJob(classifier, 'attack', { pixels: grey(NaN), label: 0, ...settings })).toThrow('finite');
  expect(tf.memory().numTensors).toBe(before);
});
