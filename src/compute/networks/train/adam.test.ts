import { describe, expect, it } from 'vitest';
import { createAdam } from './adam.ts';

const options = { beta1: 0.9, beta2: 0.999, adamEpsilon: 1e-8 };

describe('createAdam(weights, options)', () => {
  it('takes the two steps worked by hand', () => {
    const weights = [Float32Array.of(1, -2), Float32Array.of(0.5)];
    const update = createAdam(weights, options);

    // Step 1, η = 0.1. The corrections undo 1 − β: m̂ = g and v̂ = g², so each weight moves by η·g/|g| = ±0.1,
    // and not at all where g = 0.
    update(weights, [Float32Array.of(3, -0.5), Float32Array.of(0)], 0.1);
    expect(weights[0]![0]).toBeCloseTo(0.9, 6);
    expect(weights[0]![1]).toBeCloseTo(-1.9, 6);
    expect(weights[1]![0]).toBe(0.5);

    // Step 2, η = 0.05, g = (−1, −0.5), (2).
    // w₀: m = 0.9·0.3 − 0.1·1 = 0.17, m̂ = 0.17 / 0.19 = 0.894737; v = 0.999·0.009 + 0.001 = 0.009991,
    //     v̂ = 0.009991 / 0.001999 = 4.997999; w = 0.9 − 0.05·0.894737 / 2.235621 = 0.879989.
    // w₁: a constant gradient moves by η again: −1.9 + 0.05 = −1.85.
    // w₂: m = 0.2, m̂ = 0.2 / 0.19 = 1.052632; v = 0.004, v̂ = 0.004 / 0.001999 = 2.001001;
    //     w = 0.5 − 0.05·1.052632 / 1.414567 = 0.462793.
    update(weights, [Float32Array.of(-1, -0.5), Float32Array.of(2)], 0.05);
    expect(weights[0]![0]).toBeCloseTo(0.879989, 5);
    expect(weights[0]![1]).toBeCloseTo(-1.85, 5);
    expect(weights[1]![0]).toBeCloseTo(0.462793, 5);
  });

  it('adds its own ε̂ outside the root', () => {
    // One step with g = 1e-4 and ε̂ = 1e-4: η·g / (|g| + ε̂) = η / 2. Inside the root it would be η / √2 or so.
    const weights = [Float32Array.of(0)];
    createAdam(weights, { ...options, adamEpsilon: 1e-4 })(weights, [Float32Array.of(1e-4)], 0.1);
    expect(weights[0]![0]).toBeCloseTo(-0.05, 5);
  });

  it('leaves the gradients as they are, and has moments of its own', () => {
    const gradients = [Float32Array.of(1)];
    const run = () => {
      const weights = [Float32Array.of(1)];
      const update = createAdam(weights, options);
      update(weights, gradients, 0.1);
      update(weights, gradients, 0.1);
      return weights[0]![0];
    };
    expect(run()).toBe(run());
    expect(gradients[0]![0]).toBe(1);
  });

  it('stays finite where every gradient is 0', () => {
    const weights = [Float32Array.of(1)];
    const update = createAdam(weights, options);
    update(weights, [Float32Array.of(0)], 0.1);
    expect(weights[0]![0]).toBe(1);
  });
});
