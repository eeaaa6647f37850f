// Windows as files describe them, and as TensorFlow has them.
import { size as sizeOf, type Window } from '../layers.ts';
import type { ImageAxes, NumberArray } from './array.ts';
import { check, Refusal } from './refusal.ts';

/** A window as a file describes it: padding by name or by rows and columns [top, left, bottom, right]. */
export interface FileWindow {
  axes: ImageAxes;
  size: readonly number[];
  strides: readonly number[];
  padding: 'same' | 'valid' | readonly number[];
  /** Whether a last window may begin in the padding. */
  ceil?: boolean;
}

/** Zeros along one side: before and after. */
export type Growth = [number, number];

/**
 * TensorFlow's padding for a window of a file, and what its kernel has to grow by.
 * Where TensorFlow puts the window elsewhere, as with PyTorch's padding of a stride of two, a convolution's can grow by
 * zeros until both agree.
 *
 * @param shape of the images, `[height, width, channels]`
 * @param extra padding that stood before a convolution; a pool has none, and cannot grow
 * @throws Refusal if TensorFlow has no such padding
 */
export function fitWindow(
  where: string,
  window: FileWindow,
  shape: readonly number[],
  extra?: readonly Growth[],
) {
  const axes = [0, 1].map((axis) => axisOf(where, window, axis, shape[axis]!, extra?.[axis] ?? [0, 0]));
  for (const padding of ['valid', 'same'] as const) {
    const growth = axes
      .map((axis) => growthOf(axis, padding, extra ? axis.size : 0))
      .filter((one) => one !== undefined);
    if (growth.length < 2) continue;
    const strides: [number, number] = [axes[0]!.stride, axes[1]!.stride];
    return { padding, growth, strides };
  }
  const { length, size, stride, before, count } = axes[0]!;
  const found = `a window of ${size}, stride ${stride}, padding ${before}, at ${count} places of ${length}`;
  throw new Refusal(where, `${found}, expected TensorFlow's SAME or VALID`);
}

/**
 * Where a window stands along one side of an input of some length: how far the first one reaches out of it, and at how many
 * places it stands.
 */
function axisOf(where: string, window: FileWindow, axis: number, length: number, extra: Growth) {
  const [size, stride] = [window.size[axis]!, window.strides[axis]!];
  for (const value of [size, stride]) {
    const fits = Number.isInteger(value) && value >= 1 && value <= 2 * length;
    check(fits, where, `a window or stride of ${value}, expected 1 to ${2 * length}`);
  }
  const inner = length + extra[0] + extra[1];
  if (typeof window.padding === 'string') {
    const same = window.padding === 'same';
    const count = Math.ceil((same ? inner : inner - size + 1) / stride);
    const missing = same ? Math.max(0, (count - 1) * stride + size - inner) : 0;
    return { length, size, stride, before: extra[0] + Math.floor(missing / 2), count };
  }
  const [first, last] = [window.padding[axis]!, window.padding[axis + 2]!];
  const count = (window.ceil ? Math.ceil : Math.floor)((inner + first + last - size) / stride) + 1;
  return { length, size, stride, before: extra[0] + first, count };
}

function growthOf(
  { length, size, stride, before, count }: ReturnType<typeof axisOf>,
  padding: Window['padding'],
  most: number,
): Growth | undefined {
  if (padding === 'valid') {
    const fits = before === 0 && count > 0 && count === Math.ceil((length - size + 1) / stride);
    return fits ? [0, 0] : undefined;
  }
  if (count !== Math.ceil(length / stride)) return undefined;
  for (let first = 0; first <= most; first++) {
    for (let last = 0; last <= most; last++) {
      const total = (count - 1) * stride + size + first + last - length;
      if (Math.floor(Math.max(0, total) / 2) === before + first) return [first, last];
    }
  }
  return undefined;
}

/** A kernel `[height, width, …]` with zeros around it. */
export function grow(kernel: NumberArray, growth: readonly Growth[]): NumberArray {
  if (growth.flat().every((n) => n === 0)) return kernel;
  const [height, width, inputs, outputs] = kernel.shape as [number, number, number, number];
  const [[top, bottom], [left, right]] = growth as [Growth, Growth];
  const shape = [height + top + bottom, width + left + right, inputs, outputs] as const;
  const values = new Float64Array(sizeOf(shape));
  const row = width * inputs * outputs;
  for (let i = 0; i < height; i++) {
    const at = ((i + top) * shape[1] + left) * inputs * outputs;
    values.set(kernel.values.subarray(i * row, (i + 1) * row), at);
  }
  return { shape, values };
}
