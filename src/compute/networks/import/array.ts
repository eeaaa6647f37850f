// Arrays of numbers with a shape, as files hold them.
import { size } from '../layers.ts';

/** Numbers in row order with their shape. */
export interface NumberArray {
  shape: readonly number[];
  values: Float64Array;
}

/** The array with its axes in another order: axis i of the result is axis `order[i]` of the array. */
export function transpose({ shape, values }: NumberArray, order: readonly number[]): NumberArray {
  const places = transposedPlaces(shape, order);
  return { shape: order.map((axis) => shape[axis]!), values: Float64Array.from(places, (at) => values[at]!) };
}

/** For each element of a transposed array, in row order, its place in the array before. */
export function transposedPlaces(shape: readonly number[], order: readonly number[]): Int32Array {
  const steps = shape.map((_, axis) => size(shape.slice(axis + 1)));
  let places = Int32Array.of(0);
  for (const axis of order) {
    const length = shape[axis]!;
    const next = new Int32Array(places.length * length);
    for (let i = 0; i < next.length; i++) {
      next[i] = places[Math.floor(i / length)]! + (i % length) * steps[axis]!;
    }
    places = next;
  }
  return places;
}

/** The array's values at each element of a larger shape, as numpy broadcasts them; undefined if it does not fit. */
export function broadcast({ shape, values }: NumberArray, to: readonly number[]): Float64Array | undefined {
  const short = shape.length - to.length;
  if (shape.slice(0, Math.max(0, short)).some((length) => length !== 1)) return undefined;
  const lengths = to.map((_, axis) => shape[axis + short] ?? 1);
  if (lengths.some((length, axis) => length !== 1 && length !== to[axis])) return undefined;
  let places = Int32Array.of(0);
  for (const [axis, length] of to.entries()) {
    const own = lengths[axis]!;
    const next = new Int32Array(places.length * length);
    for (let i = 0; i < next.length; i++) {
      next[i] = places[Math.floor(i / length)]! * own + (own === 1 ? 0 : i % length);
    }
    places = next;
  }
  return Float64Array.from(places, (at) => values[at]!);
}
