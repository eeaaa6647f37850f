// What every kernel of ours must satisfy, for the tests: equal to tfjs's CPU backend, the same bits twice, no leak.
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/** A kernel call on fresh data: input shapes, in the kernel's own names, and attributes. */
export interface KernelCall {
  kernelName: string;
  shapes: Record<string, number[]>;
  attrs: object;
  seed: number;
}

/** Deterministic values in [−1, 1), a few of them exactly 0. */
export function testValues(length: number, seed: number): Float32Array {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 28 === 0 ? 0 : state / 2 ** 31 - 1;
  });
}

async function runOn(
  backend: 'cpu' | 'wasm',
  { kernelName, shapes, attrs, seed }: KernelCall,
): Promise<tf.Tensor> {
  await tf.setBackend(backend);
  const inputs: tf.NamedTensorMap = {};
  Object.entries(shapes).forEach(([name, shape], index) => {
    inputs[name] = tf.tensor(testValues(tf.util.sizeFromShape(shape), seed + index), shape);
  });
  const result = tf.engine().runKernel<tf.Tensor>(kernelName, inputs, attrs as tf.NamedAttrMap);
  tf.dispose(inputs);
  return result;
}

/**
 * Runs the call on tfjs's CPU backend and twice on WASM: shapes equal, values within `tolerance` of the largest one, both
 * WASM results the same bits, no tensor or data left behind.
 */
export async function expectLikeCpu(call: KernelCall, tolerance = 1e-6): Promise<void> {
  const before = tf.memory();
  const expected = await runOn('cpu', call);
  const actual = await runOn('wasm', call);
  const again = await runOn('wasm', call);
  expect(actual.shape).toEqual(expected.shape);
  const [want, got] = [expected.dataSync<'float32'>(), actual.dataSync<'float32'>()];
  expect(again.dataSync<'float32'>()).toEqual(got);
  const scale = want.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-3);
  let worst = 0;
  for (let i = 0; i < want.length; i++) worst = Math.max(worst, Math.abs(want[i]! - got[i]!) / scale);
  expect(got.every(Number.isFinite)).toBe(true);
  expect(worst).toBeLessThanOrEqual(tolerance);
  tf.dispose([expected, actual, again]);
  expect(tf.memory().numTensors).toBe(before.numTensors);
  expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
}
