// Which images make up each batch, and by how much each is shifted: drawn from one seeded stream.
import type { Digits } from '../../data/mnist.ts';
import { PIXELS } from '../../data/shape.ts';
import { permutation, type Generator } from '../../data/generator.ts';

/** Draws an epoch: a permutation of the images, then for each place in it a shift of up to `maxShift` columns and rows. */
export function planEpoch(generator: Generator, images: number, maxShift: number) {
  const order = permutation(generator, images);
  const shifts = Int8Array.from({ length: 2 * images }, () => generator.integer(-maxShift, maxShift));
  return { order, shifts };
}

const SIDE = 28;
const INTENSITY = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/**
 * The images at places `start` … `start + count − 1` of the plan, with their labels.
 *
 * @returns images as floats in [0, 1], `[count, 28, 28, 1]`, shifted, the uncovered border 0
 */
export function drawBatch(
  { order, shifts }: ReturnType<typeof planEpoch>,
  { images, labels }: Digits,
  start: number,
  count: number,
): { images: Float32Array; labels: Uint8Array } {
  const pixels = new Float32Array(count * PIXELS);
  for (let i = 0; i < count; i++) {
    const from = order[start + i]! * PIXELS;
    const columns = shifts[2 * (start + i)]!;
    const rows = shifts[2 * (start + i) + 1]!;
    const [firstRow, lastRow] = [Math.max(0, rows), Math.min(SIDE, SIDE + rows)];
    const [firstColumn, lastColumn] = [Math.max(0, columns), Math.min(SIDE, SIDE + columns)];
    for (let row = firstRow; row < lastRow; row++) {
      const to = i * PIXELS + row * SIDE;
      const source = from + (row - rows) * SIDE - columns;
      for (let column = firstColumn; column < lastColumn; column++) {
        pixels[to + column] = INTENSITY[images[source + column]!]!;
      }
    }
  }
  const drawn = order.subarray(start, start + count);
  return { images: pixels, labels: Uint8Array.from(drawn, (image) => labels[image]!) };
}
