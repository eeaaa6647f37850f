// Adam over plain arrays. Only correctly rounded operations; no power, no exponential.
import type { Weights } from '../layers.ts';

/** Decay rates of the two moments and the term that keeps the division finite. */
export interface AdamOptions {
  beta1: number;
  beta2: number;
  adamEpsilon: number;
}

/** Updates weights in place from gradients of the same shapes. */
export type Optimizer = (weights: Weights, gradients: Float32Array[], learningRate: number) => void;

/**
 * Adam: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − η · m̂ / (√v̂ + ε̂), with
 * m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).
 *
 * Kingma & Ba, "Adam: a method for stochastic optimization" (2015), algorithm 1.
 */
export function createAdam(shapesOf: Weights, { beta1, beta2, adamEpsilon }: AdamOptions): Optimizer {
  const first = shapesOf.map(({ length }) => new Float32Array(length));
  const second = shapesOf.map(({ length }) => new Float32Array(length));
  let [decay1, decay2] = [1, 1];
  return (weights, gradients, learningRate) => {
    decay1 *= beta1;
    decay2 *= beta2;
    const scale1 = learningRate / (1 - decay1);
    const scale2 = 1 / (1 - decay2);
    for (const [i, w] of weights.entries()) {
      const [g, m, v] = [gradients[i]!, first[i]!, second[i]!];
      for (let j = 0; j < w.length; j++) {
        m[j] = beta1 * m[j]! + (1 - beta1) * g[j]!;
        v[j] = beta2 * v[j]! + (1 - beta2) * g[j]! * g[j]!;
        w[j] = w[j]! - (scale1 * m[j]!) / (Math.sqrt(scale2 * v[j]!) + adamEpsilon);
      }
    }
  };
}
