import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it, vi } from 'vitest';
import { fusedGradients } from '../../../compute/backend/fusedGradients.ts';
import { drawnNetwork } from '../../../compute/testing/networks.ts';
import type { Layer, Window } from '../../../compute/networks/layers.ts';
import { findNetwork, loadNetwork } from './loadNetwork.ts';

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
