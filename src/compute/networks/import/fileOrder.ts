// The order in which a file keeps the numbers of an image between two layers. It is followed element by element, so that
// transposing, reshaping and flattening cost nothing until a dense layer asks for the order of its inputs.
import { size } from '../layers.ts';
import { broadcast, list, transposedPlaces, type NumberArray } from './array.ts';
import { check } from './refusal.ts';

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
