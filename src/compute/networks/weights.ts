// The weights as plain numbers, by name, in the order in which they are stored.
import * as tf from '@tensorflow/tfjs-core';
import { layers, type Layer } from './layers.ts';

/** Name, shape and fan-in of each weight, in the order of the published file. */
export const weightSpecs = (layers as readonly Layer[]).flatMap(({ name, kind, kernel }) =>
  kernel && kind !== 'averagePool'
    ? [
        { name: `${name}/kernel`, shape: [...kernel], fanIn: size(kernel.slice(0, -1)) },
        { name: `${name}/bias`, shape: [kernel[kernel.length - 1]!], fanIn: 0 },
      ]
    : [],
);

/** The values of the eight weights, in the order of {@link weightSpecs}. */
export type Weights = Float32Array[];

/** The eight weights as tensors, in the order of {@link weightSpecs}. */
export type WeightTensors = tf.Tensor[];

/** Number of elements of a shape. */
export function size(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * Moves weights to the backend.
 *
 * @throws if their number, a length or a value does not fit the network
 */
export function weightTensors(weights: Weights): WeightTensors {
  if (weights.length !== weightSpecs.length) {
    throw new RangeError(`invalid weights: ${weights.length} arrays, expected ${weightSpecs.length}`);
  }
  for (const [i, { name, shape }] of weightSpecs.entries()) {
    const values = weights[i]!;
    if (values.length !== size(shape)) {
      throw new RangeError(`invalid weight ${name}: ${values.length} values, expected ${size(shape)}`);
    }
    let bad = 0;
    while (bad < values.length && Number.isFinite(values[bad])) bad++;
    if (bad < values.length) {
      throw new RangeError(
        `invalid weight ${name}: ${values[bad]} at ${bad}, expected finite values; train again`,
      );
    }
  }
  return weightSpecs.map(({ shape }, i) => tf.tensor(weights[i]!, shape));
}
