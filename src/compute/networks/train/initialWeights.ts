import { createGenerator } from '../../data/generator.ts';
import { size, weightSpecs, type Layer, type Weights } from '../layers.ts';

/**
 * Seeded initial weights: kernels uniform in ±√(6 / fan-in), biases 0. Uniform rather than normal, so
 * that nothing but correctly rounded operations goes into them.
 *
 * He et al., "Delving deep into rectifiers" (2015), eq. 10, with a uniform law of the same variance.
 *
 * @throws if the seed is not a non-negative 32-bit integer
 */
export function initialWeights(layers: readonly Layer[], seed: number): Weights {
  const generator = createGenerator(seed);
  return weightSpecs(layers).map(({ shape, fanIn }) => {
    const limit = fanIn === 0 ? 0 : Math.sqrt(6 / fanIn);
    return Float32Array.from({ length: size(shape) }, () => (limit ? generator.uniform(-limit, limit) : 0));
  });
}
