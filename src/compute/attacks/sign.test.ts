import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { everyBackend } from '../testing/everyBackend.ts';
import { sign } from './sign.ts';

const signsOf = (...gradient: number[]) =>
  Array.from(sign(tf.tensor1d(gradient)).dataSync());

everyBackend('sign(gradient)', () => {
  it('has no dead zone: 1e-30 is positive and −1e-30 negative', () => {
    expect(signsOf(1e-30, -1e-30, 1e-8, -1e-8)).toEqual([1, -1, 1, -1]);
  });

  it('is 0 for 0 and −0', () => {
    expect(signsOf(0, -0).map(Math.abs)).toEqual([0, 0]);
  });

  it('is 0 for NaN, which is why gradients are checked before', () => {
    expect(signsOf(NaN)).toEqual([0]);
  });

  it('is ±1 for large and infinite values', () => {
    expect(signsOf(3, -2e30, Infinity, -Infinity)).toEqual([1, -1, 1, -1]);
  });

  it('keeps the shape, is float32 and leaks nothing', () => {
    const gradient = tf.ones([2, 3, 1, 1]);
    const before = tf.memory().numTensors;
    const result = sign(gradient);
    expect(result.shape).toEqual([2, 3, 1, 1]);
    expect(result.dtype).toBe('float32');
    result.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
