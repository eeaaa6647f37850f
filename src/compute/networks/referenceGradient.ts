// A network once more, forward and backward in plain float64 loops that share no code with the other pass: the reference
// against which the signs of the float32 gradients are counted.
import { layerShapes, type Network } from './layers.ts';
import { passOf, type Pass } from './referencePasses.ts';

/** One image's margin, probability of being wrong, and input gradient, in float64. */
export interface Reference {
  logits: Float64Array;
  /** m = logsumexp_{j≠y} z_j − z_y. */
  margin: number;
  /** 1 − p_y = σ(m), without cancellation. */
  doubt: number;
  /** ∇m, 784 values in row order. */
  gradient: Float64Array;
}

/** A function that gives the float64 reference for one image and label. */
export function createReference({ layers, weights }: Pick<Network, 'layers' | 'weights'>) {
  let used = 0;
  const steps = layerShapes(layers).map((shapes, i) => {
    const [kernel, bias] = weights
      .slice(used, used + shapes.weights.length)
      .map((values) => Float64Array.from(values));
    used += shapes.weights.length;
    return (input: Float64Array) => passOf(layers[i]!, shapes, input, kernel!, bias!);
  });

  return (image: ArrayLike<number>, label: number): Reference => {
    const passes: Pass[] = [];
    let logits: Float64Array = Float64Array.from(image);
    for (const step of steps) {
      passes.push(step(logits));
      logits = passes.at(-1)!.output;
    }
    const rivals = logits.map((z, j) => (j === label ? -Infinity : z));
    const top = Math.max(...rivals);
    const exponentials = rivals.map((z) => Math.exp(z - top));
    const total = exponentials.reduce((sum, value) => sum + value, 0);
    const margin = top + Math.log(total) - logits[label]!;
    const dLogits = exponentials.map((value, j) => value / total - (j === label ? 1 : 0));
    return {
      logits,
      margin,
      doubt: 1 / (1 + Math.exp(-margin)),
      gradient: passes.reduceRight<Float64Array>((dOutput, { back }) => back(dOutput), dLogits),
    };
  };
}
