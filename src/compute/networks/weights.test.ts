import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';
import { initialWeights } from './train/initialWeights.ts';
import { size, weightSpecs, weightTensors } from './weights.ts';

beforeAll(startWasmBackend);

describe('weightTensors(weights)', () => {
  it('has the shapes of the network and the values given', () => {
    const weights = initialWeights(1);
    const tensors = weightTensors(weights);
    expect(tensors.map(({ shape }) => shape)).toEqual(weightSpecs.map(({ shape }) => shape));
    expect(tensors.map((tensor) => tensor.dataSync())).toEqual(weights);
  });

  it('refuses another number of arrays', () => {
    expect(() => weightTensors(initialWeights(1).slice(1))).toThrow('invalid weights: 7 arrays, expected 8');
  });

  it('refuses an array of another length, with its name', () => {
    const weights = initialWeights(1);
    weights[5] = new Float32Array(31);
    expect(() => weightTensors(weights)).toThrow('invalid weight dense1/bias: 31 values, expected 32');
  });

  it.each([[NaN], [Infinity], [-Infinity]])('refuses %d with name and place, leaving no tensor', (value) => {
    const weights = initialWeights(1);
    weights[2]![77] = value;
    const before = tf.memory().numTensors;
    expect(() => weightTensors(weights)).toThrow(
      `invalid weight conv2/kernel: ${value} at 77, expected finite values; train again`,
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('initialWeights(seed)', () => {
  it('gives the same bits for the same seed and others for another', () => {
    expect(initialWeights(1)).toEqual(initialWeights(1));
    expect(initialWeights(2)).not.toEqual(initialWeights(1));
  });

  it('fills kernels evenly within ±√(6 / fan-in), biases with 0', () => {
    for (const [i, values] of initialWeights(1).entries()) {
      const { name, shape, fanIn } = weightSpecs[i]!;
      expect(values, name).toHaveLength(size(shape));
      if (fanIn === 0) {
        expect(values.every((value) => value === 0)).toBe(true);
        continue;
      }
      const limit = Math.fround(Math.sqrt(6 / fanIn));
      expect(values.every((value) => Math.abs(value) <= limit)).toBe(true);
      // Mean 0 and variance 2 / fan-in, each within five of its own standard deviations.
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
      expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(2 / fanIn / values.length));
      expect(Math.abs(variance / (2 / fanIn) - 1)).toBeLessThan(5 * Math.sqrt(0.8 / values.length));
    }
  });

  it.each([[-1], [0.5]])('refuses the seed %d', (seed) => {
    expect(() => initialWeights(seed)).toThrow(`invalid seed: ${seed}`);
  });
});
