// Which images make up each batch, and by how much each is shifted: drawn from one seeded stream, so
// that every worker knows the whole plan and fills in its own part.
import { PIXELS } from '../../data/shape.ts';
import { permutation, type Generator } from '../../data/generator.ts';

/** One epoch: the order of the images and the shift (columns, rows) of each place in that order. */
export interface EpochPlan {
  order: Uint32Array;
  shifts: Int8Array;
}

/** Draws an epoch: a permutation of the images, then a shift of up to `maxShift` pixels for each. */
export function planEpoch(generator: Generator, images: number, maxShift: number): EpochPlan {
  const order = permutation(generator, images);
  const shifts = Int8Array.from({ length: 2 * images }, () => generator.integer(-maxShift, maxShift));
  return { order, shifts };
}

const SIDE = 28;
const INTENSITY = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/**
 * The images at places `start` … `start + count − 1` of the plan, shifted, the uncovered border 0.
 *
 * @param images bytes, 784 for each image
 * @param target floats in [0, 1], `[count, 28, 28, 1]`, overwritten
 */
export function fillBatch(
  { order, shifts }: EpochPlan,
  images: Uint8Array,
  start: number,
  target: Float32Array,
): void {
  target.fill(0);
  const count = target.length / PIXELS;
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
        target[to + column] = INTENSITY[images[source + column]!]!;
      }
    }
  }
}
