import { Worker } from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { testValues } from './testing/kernelProperties.ts';
import { startWasmBackend, wasmBackendIdentity } from './startWasmBackend.ts';

beforeAll(startWasmBackend);

it('startWasmBackend called again registers nothing twice and makes WASM current', async () => {
  const kernel = tf.getKernel('BatchMatMul', 'wasm');
  await tf.setBackend('cpu');
  await startWasmBackend();
  expect(tf.getKernel('BatchMatMul', 'wasm')).toBe(kernel);
  expect(tf.getBackend()).toBe('wasm');
});

it('wasmBackendIdentity names versions and a hash, no path', () => {
  expect(wasmBackendIdentity()).toMatch(/^wasm-simd(-fma)? tfjs 4\.22\.0 kernels [0-9a-f]{12}$/);
});

it('the memory that tfjs reports is the same after a hundred gradients', () => {
  const [x, filter] = [tf.ones<tf.Rank.R4>([2, 9, 9, 3]), tf.ones<tf.Rank.R4>([3, 3, 3, 5])];
  const gradients = tf.grads((a, b) =>
    tf.avgPool(tf.relu(tf.conv2d(a as typeof x, b as typeof x, 2, 'same')), 2, 1, 'valid'),
  );
  const step = (): void => {
    tf.dispose(gradients([x, filter]));
  };
  step();
  const before = tf.memory();
  for (let i = 0; i < 100; i++) step();
  expect(tf.memory()).toEqual(before);
  tf.dispose([x, filter]);
});

const script = `
  const { parentPort, workerData } = require('node:worker_threads');
  (async () => {
    const { startWasmBackend } = await import(workerData.start);
    const tf = await import('@tensorflow/tfjs-core');
    await startWasmBackend();
    const x = tf.tensor(workerData.x, [2, 28, 28, 1]), filter = tf.tensor(workerData.filter, [8, 8, 1, 16]);
    const gradients = tf.grads((a, b) => tf.conv2d(a, b, 2, 'same').relu())([x, filter]);
    parentPort.postMessage(gradients.map((gradient) => gradient.dataSync()));
  })();
`;

it('startWasmBackend in a worker thread gives the same bits and writes nothing to the console', async () => {
  const [x, filter] = [testValues(2 * 28 * 28, 1), testValues(8 * 8 * 16, 2)];
  const start = new URL('startWasmBackend.ts', import.meta.url).href;
  const worker = new Worker(script, {
    eval: true,
    workerData: { start, x, filter },
    stdout: true,
    stderr: true,
  });
  const written: string[] = [];
  for (const stream of [worker.stdout, worker.stderr])
    stream.on('data', (chunk) => written.push(String(chunk)));
  const theirs = await new Promise<Float32Array[]>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
  await worker.terminate();
  const ours = tf.grads((a, b) => tf.relu(tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 2, 'same')))([
    tf.tensor(x, [2, 28, 28, 1]),
    tf.tensor(filter, [8, 8, 1, 16]),
  ]);
  expect(theirs).toEqual(ours.map((gradient) => gradient.dataSync()));
  expect(written.filter((text) => !/ExperimentalWarning|trace-warnings/.test(text))).toEqual([]);
}, 30_000);
