// The pictures of a run, drawn by the functions that the build's files are drawn by.
import { changePicture, digitPicture, side, type Picture } from '../../pictures/picture.ts';

/** An image as ink on paper. Without the clip values may leave [0, 1]; they are shown as its ends. */
export function drawDigit(pixels: Float32Array): Picture {
  return digitPicture(pixels.map((value) => Math.min(1, Math.max(0, value))));
}

/** x_t − x on the scale of ±ε. */
export function drawChange(perturbed: Float32Array, pixels: Float32Array, epsilon: number): Picture {
  if (epsilon === 0) return { width: side, height: side, data: new Uint8ClampedArray(4 * side * side) };
  return changePicture(
    perturbed.map((value, i) => value - pixels[i]!),
    epsilon,
  );
}

/** ε · sign of the gradient, on the scale of ±ε. */
export function drawStep(signs: Int8Array): Picture {
  return changePicture(signs, 1);
}
