// The digit that a reader draws: ink under a pen, ten times finer than MNIST, so that it can be scaled without steps. Computed
// here and not on a canvas, which some browsers disturb when it is read back.
const fine = 280;
const radius = 11;
/** Side of MNIST's images, and of the box that its digits fill. */
const side = 28;
const box = 20;

/** Place on the sheet in shares of its side. */
export type Place = readonly [x: number, y: number];

/** An empty sheet that a pen draws on. */
export function createInkSheet() {
  const values = new Float32Array(fine * fine);
  return {
    /** The ink, row by row, values from 0 to 1. */
    values,
    /** Draws from one place to another. */
    draw: (from: Place, to: Place) => {
      const [ax, ay, bx, by] = [from[0] * fine, from[1] * fine, to[0] * fine, to[1] * fine];
      const squared = (bx - ax) ** 2 + (by - ay) ** 2;
      const within = (at: number) => Math.min(fine, Math.max(0, Math.round(at)));
      const bottom = within(Math.max(ay, by) + radius + 1);
      const right = within(Math.max(ax, bx) + radius + 1);
      for (let y = within(Math.min(ay, by) - radius - 1); y < bottom; y++) {
        for (let x = within(Math.min(ax, bx) - radius - 1); x < right; x++) {
          const [px, py] = [x + 0.5 - ax, y + 0.5 - ay];
          const along = squared && Math.min(1, Math.max(0, (px * (bx - ax) + py * (by - ay)) / squared));
          const distance = Math.hypot(px - along * (bx - ax), py - along * (by - ay));
          const ink = Math.min(1, Math.max(0, radius + 0.5 - distance));
          values[y * fine + x] = Math.max(values[y * fine + x]!, ink);
        }
      }
    },
    clear: () => values.fill(0),
    /** The ink as 28 by 28 means. */
    means: () => resample(values, side / fine, [0, 0]),
  };
}

/**
 * Centres and scales ink as MNIST does: the ink's bounding box is scaled to 20 × 20 with its proportions
 * kept, each pixel the mean of the ink it covers, and the centre of mass is put at the centre of 28 × 28,
 * as far as the ink stays inside. The darkest pixel becomes 1.
 *
 * LeCun, Cortes, Burges, "The MNIST database of handwritten digits".
 *
 * @param ink values from 0 to 1 of a square sheet, row by row
 * @returns 784 values in [0, 1], or undefined if there is no ink
 */
export function centreDigit(ink: Float32Array): Float32Array | undefined {
  const width = Math.sqrt(ink.length);
  const columns = measure(ink, (i) => i % width);
  const rows = measure(ink, (i) => Math.floor(i / width));
  if (columns.mass === 0) return undefined;
  const scale = box / Math.max(columns.end - columns.start, rows.end - rows.start);
  const [left, top] = [columns, rows].map(({ start, end, moment, mass }) => {
    // The ink stays inside the frame, whatever its centre of mass.
    const wanted = side / 2 - (moment / mass) * scale;
    return Math.min(side - end * scale, Math.max(-start * scale, wanted));
  }) as [number, number];
  const image = resample(ink, scale, [left, top]);
  const darkest = Math.max(...image);
  return image.map((value) => value / darkest);
}

/** Where the ink begins and ends along one direction, its mass, and its moment: mass times the place of its centre. */
function measure(ink: Float32Array, along: (i: number) => number) {
  let [start, end, mass, moment] = [Infinity, 0, 0, 0];
  for (let i = 0; i < ink.length; i++) {
    const value = ink[i]!;
    if (value === 0) continue;
    const at = along(i);
    start = Math.min(start, at);
    end = Math.max(end, at + 1);
    mass += value;
    moment += value * (at + 0.5);
  }
  return { start, end, mass, moment };
}

/** Ink as 28 by 28 means, once it is scaled and moved by an offset in pixels. */
function resample(ink: Float32Array, scale: number, [left, top]: Place): Float32Array {
  const width = Math.sqrt(ink.length);
  const across = coverage(width, scale, left);
  const down = coverage(width, scale, top);
  return Float32Array.from({ length: side * side }, (_, pixel) => {
    let sum = 0;
    for (const [row, a] of down[Math.floor(pixel / side)]!) {
      for (const [column, b] of across[pixel % side]!) sum += a * b * ink[row * width + column]!;
    }
    return sum;
  });
}

/** A place of the sheet that a pixel covers, with the share of the pixel. */
type Cover = [place: number, share: number];

/** What each pixel of a direction covers. */
function coverage(width: number, scale: number, offset: number): Cover[][] {
  return Array.from({ length: side }, (_, pixel) => {
    const from = (pixel - offset) / scale;
    const to = (pixel + 1 - offset) / scale;
    const covered: Cover[] = [];
    for (let i = Math.max(0, Math.floor(from)); i < Math.min(width, Math.ceil(to)); i++) {
      const share = (Math.min(to, i + 1) - Math.max(from, i)) * scale;
      if (share > 1e-9) covered.push([i, share]);
    }
    return covered;
  });
}
