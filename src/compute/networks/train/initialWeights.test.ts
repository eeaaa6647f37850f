import { describe, expect, it } from 'vitest';
import { mnistCnn, size, weightSpecs } from '../layers.ts';
import { initialWeights } from './trainTogether.ts';

const { layers } = mnistCnn;

describe('initialWeights(layers, seed)', () => {
  it('gives the same bits for the same seed and others for another', () => {
    expect(initialWeights(layers, 1)).toEqual(initialWeights(layers, 1));
    expect(initialWeights(layers, 2)).not.toEqual(initialWeights(layers, 1));
  });

  it('fills kernels evenly within ±√(6 / fan-in), biases with 0', () => {
    for (const [i, values] of initialWeights(layers, 1).entries()) {
      const { name, shape, fanIn } = weightSpecs(layers)[i]!;
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
    expect(() => initialWeights(layers, seed)).toThrow(`invalid seed: ${seed}`);
  });
});
