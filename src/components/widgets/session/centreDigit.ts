// A drawing in the form of MNIST's images.
const side = 28;
/** MNIST's digits fill a box of this side. */
const box = 20;

/**
 * Centres and scales ink as MNIST does: the ink's bounding box is scaled to 20 × 20 with its proportions
 * kept, each pixel the mean of the ink it covers, and the centre of mass is put at the centre of 28 × 28,
 * as far as the ink stays inside. The darkest pixel becomes 1.
 *
 * LeCun, Cortes, Burges, "The MNIST database of handwritten digits".
 *
 * @param ink `width` × `width` values from 0 to 1, row by row
 * @returns 784 values in [0, 1], or undefined if there is no ink
 * @throws if the ink is not square
 */
export function centreDigit(ink: ArrayLike<number>, width: number): Float32Array | undefined {
  if (!Number.isInteger(width) || width < 1 || ink.length !== width * width) {
    throw new RangeError(`invalid ink: ${ink.length} values, expected ${width} × ${width}`);
  }
  const columns = measure(ink, width, (i) => i % width);
  const rows = measure(ink, width, (i) => Math.floor(i / width));
  if (!columns || !rows) return undefined;
  const scale = box / Math.max(columns.end - columns.start, rows.end - rows.start);
  const across = weights(columns, scale, width);
  const down = weights(rows, scale, width);
  const image = new Float32Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let sum = 0;
      for (const [row, a] of down[y]!) {
        for (const [column, b] of across[x]!) sum += a * b * ink[row * width + column]!;
      }
      image[y * side + x] = sum;
    }
  }
  const darkest = image.reduce((most, value) => Math.max(most, value), 0);
  return image.map((value) => Math.min(1, value / darkest));
}

interface Extent {
  start: number;
  end: number;
  /** Centre of mass. */
  centre: number;
}

/** Where the ink begins and ends along one direction, and its centre of mass. */
function measure(ink: ArrayLike<number>, width: number, along: (i: number) => number): Extent | undefined {
  let [start, end, mass, moment] = [width, 0, 0, 0];
  for (let i = 0; i < ink.length; i++) {
    const value = ink[i]!;
    if (!(value > 0)) continue;
    const at = along(i);
    start = Math.min(start, at);
    end = Math.max(end, at + 1);
    mass += value;
    moment += value * (at + 0.5);
  }
  return mass > 0 ? { start, end, centre: moment / mass } : undefined;
}

/** For each pixel of a direction the ink that it covers: places with the share of the pixel. */
function weights(
  { start, end, centre }: Extent,
  scale: number,
  width: number,
): [place: number, share: number][][] {
  // The ink stays inside the frame, whatever its centre of mass.
  const wanted = side / 2 - centre * scale;
  const offset = Math.min(side - end * scale, Math.max(-start * scale, wanted));
  return Array.from({ length: side }, (_, pixel) => {
    const from = (pixel - offset) / scale;
    const to = (pixel + 1 - offset) / scale;
    const covered: [number, number][] = [];
    for (let i = Math.max(0, Math.floor(from)); i < Math.min(width, Math.ceil(to)); i++) {
      const share = (Math.min(to, i + 1) - Math.max(from, i)) * scale;
      if (share > 1e-9) covered.push([i, share]);
    }
    return covered;
  });
}
