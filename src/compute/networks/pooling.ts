// Pooling whose gradient is right, and the same on every backend. tfjs's own kernels send that of a maximum to different members
// of a window that ties, and windows tie wherever an image is flat; that of a mean they divide by the size of the window, also
// where part of it is padding.
import * as tf from '@tensorflow/tfjs-core';
import type { Window } from './layers.ts';

// Below any activation: padding is never the maximum.
const LOWEST = -1e38;

/**
 * Largest value of each window, its gradient to the first maximum in row order, as TensorFlow, JAX and PyTorch have it on a CPU.
 *
 * Where a gradient is taken and the backend has no operation for it, the maximum of each row of the window comes first, then
 * that of the rows.
 * `tf.maximum` gives its gradient to its first argument where both are equal, so the first row that holds the maximum has it,
 * and in it the first column.
 *
 * @param images `[batch, height, width, channels]`
 * @returns `[batch, rows, columns, channels]`
 */
export function maxPool(images: tf.Tensor4D, window: Window): tf.Tensor4D {
  const { size, strides, padding } = window;
  const own = tf.getKernel('FirstMaxPool', tf.getBackend()) as tf.KernelConfig | undefined;
  if (own) {
    const attributes = { filterSize: size, strides, pad: padding };
    return tf.engine().runKernel('FirstMaxPool', { x: images }, attributes);
  }
  if (tf.engine().state.gradientDepth === 0) return tf.maxPool(images, size, strides, padding);
  const [rows, columns] = [placesOf(images, window, 0), placesOf(images, window, 1)];
  return tf.tidy(() => {
    const padded = tf.pad(images, [[0, 0], rows.padding, columns.padding, [0, 0]], LOWEST);
    const ofRows = largest(size[1], (offset) => every(padded, 2, offset, strides[1], columns.count));
    return largest(size[0], (offset) => every(ofRows, 1, offset, strides[0], rows.count));
  });
}

/**
 * Mean of each window over what lies inside the image.
 *
 * @param images `[batch, height, width, channels]`
 * @returns `[batch, rows, columns, channels]`
 */
export function averagePool(images: tf.Tensor4D, window: Window): tf.Tensor4D {
  const { size, strides, padding } = window;
  if (padding === 'valid') return tf.avgPool(images, size, strides, 'valid');
  const [rows, columns] = [placesOf(images, window, 0), placesOf(images, window, 1)];
  return tf.tidy(() => {
    const padded = tf.pad(images, [[0, 0], rows.padding, columns.padding, [0, 0]]);
    const means = tf.slice(
      tf.avgPool(padded, size, strides, 'valid'),
      [0, 0, 0, 0],
      [-1, rows.count, columns.count, -1],
    );
    const shares = Float32Array.from({ length: rows.count * columns.count }, (_, place) => {
      const covered = rows.inside(Math.floor(place / columns.count)) * columns.inside(place % columns.count);
      return (size[0] * size[1]) / covered;
    });
    return means.mul(tf.tensor4d(shares, [1, rows.count, columns.count, 1]));
  });
}

/** The places of a window along rows (axis 0) or columns: how many, the padding there, and how much of each is inside the image. */
function placesOf({ shape }: tf.Tensor4D, { size, strides, padding }: Window, axis: 0 | 1) {
  const [length, window, stride] = [shape[axis + 1]!, size[axis], strides[axis]];
  const same = padding === 'same';
  const count = Math.ceil((same ? length : length - window + 1) / stride);
  const before = same ? Math.max(0, Math.floor(((count - 1) * stride + window - length) / 2)) : 0;
  // Slices of whole strides: the last one may reach beyond the last window.
  const after = Math.max(0, window - 1 + count * stride - length - before);
  const inside = (place: number) => {
    const start = place * stride - before;
    return Math.min(start + window, length) - Math.max(start, 0);
  };
  return { count, padding: [before, after] as [number, number], inside };
}

function largest(count: number, slice: (offset: number) => tf.Tensor4D): tf.Tensor4D {
  let result = slice(0);
  for (let offset = 1; offset < count; offset++) result = tf.maximum(result, slice(offset));
  return result;
}

/** Every `stride`-th row (axis 1) or column (axis 2) from `offset` on. */
function every(x: tf.Tensor4D, axis: 1 | 2, offset: number, stride: number, count: number): tf.Tensor4D {
  const kept = x.shape.with(axis, count);
  const part = tf.slice(x, [0, 0, 0, 0].with(axis, offset), x.shape.with(axis, count * stride));
  if (stride === 1) return part;
  const strided = tf.reshape(part, kept.with(axis + 1, stride * kept[axis + 1]!));
  return tf.slice(strided, [0, 0, 0, 0], kept) as tf.Tensor4D;
}
