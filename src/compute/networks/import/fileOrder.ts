// The order in which a file keeps the numbers of an image between two layers. It is followed element by element, so that
// transposing, reshaping and flattening cost nothing until a dense layer asks for the order of its inputs.
import { size } from '../layers.ts';
import { broadcast, transposedPlaces, type NumberArray } from './array.ts';
import { check } from './refusal.ts';

/** The order of axes of a file's images. */
export type ImageAxes = 'channelsLast' | 'channelsFirst';

/** The numbers of one image in a file. */
export interface FileOrder {
  /** Shape of one image in the file. */
  shape: readonly number[];
  /** For each number in the file, its place here; undefined where the orders are the same. */
  places?: Int32Array | undefined;
}

const channelsFirst = [2, 0, 1];

/** The order in which images of a shape `[height, width, channels]` stand in a file. */
export function orderOf(shape: readonly number[], axes: ImageAxes): FileOrder {
  if (axes === 'channelsLast') return { shape };
  return {
    shape: channelsFirst.map((axis) => shape[axis]!),
    places: transposedPlaces(shape, channelsFirst),
  };
}

/** Throws a Refusal unless the file has images of a shape `[height, width, channels]` with its axes in that order. */
export function checkImages(
  where: string,
  order: FileOrder,
  shape: readonly number[],
  axes: ImageAxes,
): void {
  const expected = shape.length === 3 ? orderOf(shape, axes) : undefined;
  const fits = expected?.shape.join() === order.shape.join() && samePlaces(order.places, expected.places);
  const words = axes === 'channelsLast' ? 'channels last' : 'channels first';
  check(fits, where, `an input of shape ${list(order.shape)}, expected images with ${words}`);
}

/** The order after a reshape; its elements stay where they are. */
export function reshaped(where: string, { shape, places }: FileOrder, to: readonly number[]): FileOrder {
  const fits = to.every((length) => Number.isInteger(length) && length > 0) && size(to) === size(shape);
  check(fits, where, `shape ${list(to)} for ${list(shape)}, expected as many numbers`);
  return { shape: to, places };
}

/** The order after a transposition of the axes of one image, counted from 0. */
export function transposed(where: string, { shape, places }: FileOrder, axes: readonly number[]): FileOrder {
  const each = axes.toSorted((a, b) => a - b).join() === Array.from(shape.keys()).join();
  check(each, where, `axes ${axes.join(', ')} for ${list(shape)}, expected each once`);
  return {
    shape: axes.map((axis) => shape[axis]!),
    places: transposedPlaces(shape, axes).map((at) => places?.[at] ?? at),
  };
}

/** Rows of a kernel `[inputs, outputs]` from the file's order into the one here. */
export function rowsInOrder(values: Float64Array, outputs: number, { places }: FileOrder): Float64Array {
  if (!places) return values;
  const rows = new Float64Array(values.length);
  for (const [row, place] of places.entries())
    rows.set(values.subarray(row * outputs, (row + 1) * outputs), place * outputs);
  return rows;
}

/** The number of each channel (the last axis here) that constants of a file give; undefined if there are several. */
export function perChannel(array: NumberArray, { shape, places }: FileOrder, channels: number) {
  const values = broadcast(array, shape);
  if (!values) return undefined;
  const ours = places ? new Float64Array(values.length) : values;
  if (places) for (const [i, place] of places.entries()) ours[place] = values[i]!;
  const first = ours.slice(0, channels);
  return ours.every((value, i) => value === first[i % channels]) ? first : undefined;
}

/** A shape as it is written. */
export function list(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}

function samePlaces(a: Int32Array | undefined, b: Int32Array | undefined): boolean {
  const [one, other] = a ? [a, b] : [b, a];
  return !one || one.every((place, i) => place === (other?.[i] ?? i));
}
