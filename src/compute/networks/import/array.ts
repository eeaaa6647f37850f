// Arrays of numbers with a shape, as files hold them, and the order in which a file keeps the numbers of an image between two layers.
import { size } from '../layers.ts';
import { check } from './refusal.ts';

/** Numbers in row order with their shape. */
export interface NumberArray {
  shape: readonly number[];
  values: Float64Array;
}

/** A number as an array without axes. */
export function scalar(value: number): NumberArray {
  return { shape: [], values: Float64Array.of(value) };
}

/** A shape as it is written. */
export function list(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}

/** The array with its axes in another order: axis i of the result is axis `order[i]` of the array. Throws a Refusal. */
export function transpose({ shape, values }: NumberArray, order: readonly number[], where: string) {
  const places = transposedPlaces(shape, order, where);
  return { shape: order.map((axis) => shape[axis]!), values: Float64Array.from(places, (at) => values[at]!) };
}

/**
 * For each element of a transposed array, in row order, its place in the array before.
 *
 * @throws Refusal unless each axis is there once
 */
export function transposedPlaces(shape: readonly number[], order: readonly number[], where: string) {
  const each = order.toSorted((a, b) => a - b).join() === Array.from(shape.keys()).join();
  check(each, where, `axes ${order.join(', ')} for ${list(shape)}, expected each once`);
  const [lengths, steps] = [shape, stepsOf(shape)].map((numbers) => order.map((axis) => numbers[axis]!));
  return placesAlong(lengths!, steps!);
}

/** The array's values at each element of a larger shape, as numpy broadcasts them; undefined if it does not fit. */
function broadcast({ shape, values }: NumberArray, to: readonly number[]): Float64Array | undefined {
  const short = shape.length - to.length;
  if (shape.slice(0, Math.max(0, short)).some((length) => length !== 1)) return undefined;
  const lengths = to.map((_, axis) => shape[axis + short] ?? 1);
  if (lengths.some((length, axis) => length !== 1 && length !== to[axis])) return undefined;
  const steps = stepsOf(lengths).map((step, axis) => (lengths[axis] === 1 ? 0 : step));
  return Float64Array.from(placesAlong(to, steps), (at) => values[at]!);
}

/** How far neighbours along each axis are apart in row order. */
function stepsOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => size(shape.slice(axis + 1)));
}

/** Places of elements whose neighbours along each axis are some steps apart. */
function placesAlong(lengths: readonly number[], steps: readonly number[]): Int32Array {
  let places = Int32Array.of(0);
  for (const [axis, length] of lengths.entries()) {
    const next = new Int32Array(places.length * length);
    for (let i = 0; i < next.length; i++) {
      next[i] = places[Math.floor(i / length)]! + (i % length) * steps[axis]!;
    }
    places = next;
  }
  return places;
}

// The order is followed element by element, so that transposing, reshaping and flattening cost nothing until a dense layer asks for
// the order of its inputs.

/** The order of axes of a file's images. */
export type ImageAxes = 'channelsLast' | 'channelsFirst';

/** The numbers of one image in a file. */
export interface FileOrder {
  /** Shape of one image in the file. */
  shape: readonly number[];
  /** For each number in the file, its place here. */
  places: Int32Array;
}

const axesOf = { channelsLast: [0, 1, 2], channelsFirst: [2, 0, 1] } as const;

/** The order of numbers that stand in the file as they do here. */
export function sameOrder(shape: readonly number[]): FileOrder {
  return { shape, places: Int32Array.from({ length: size(shape) }, (_, place) => place) };
}

/** The order in which images of a shape `[height, width, channels]` stand in a file. Throws a Refusal of other shapes. */
export function orderOf(shape: readonly number[], axes: ImageAxes, where: string): FileOrder {
  const order = axesOf[axes];
  return { shape: order.map((axis) => shape[axis]!), places: transposedPlaces(shape, order, where) };
}

/** Throws a Refusal unless the file has images of a shape `[height, width, channels]` with its axes in that order. */
export function checkImages(
  { where, order, shape }: { where: string; order: FileOrder; shape: readonly number[] },
  axes: ImageAxes,
): void {
  const expected = shape.length === 3 ? orderOf(shape, axes, where) : undefined;
  const fits =
    expected?.shape.join() === order.shape.join() &&
    expected.places.every((place, i) => place === order.places[i]);
  const words = axes === 'channelsLast' ? 'channels last' : 'channels first';
  check(fits, where, `an input of shape ${list(order.shape)}, expected images with ${words}`);
}

/** Rows of a kernel `[inputs, outputs]` from the file's order into the one here. */
export function rowsInOrder(values: Float64Array, outputs: number, { places }: FileOrder): Float64Array {
  const rows = new Float64Array(values.length);
  for (const [row, place] of places.entries())
    rows.set(values.subarray(row * outputs, (row + 1) * outputs), place * outputs);
  return rows;
}

/** The number of each channel (the last axis here) that constants of a file give; undefined if there are several. */
export function perChannel(array: NumberArray, { shape, places }: FileOrder, channels: number) {
  const values = broadcast(array, shape);
  if (!values) return undefined;
  const ours = new Float64Array(values.length);
  for (const [i, place] of places.entries()) ours[place] = values[i]!;
  const first = ours.slice(0, channels);
  return ours.every((value, i) => value === first[i % channels]) ? first : undefined;
}
