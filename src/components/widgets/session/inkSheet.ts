// The ink under a pen: ten times finer than MNIST, so that it can be scaled without steps. Computed here and not on a
// canvas, which some browsers disturb when it is read back.
const fine = 280;
const radius = 11;

/** Place on the sheet in shares of its side. */
export type Place = readonly [x: number, y: number];

/** An empty sheet that a pen draws on. */
export function createInkSheet() {
  const values = new Float32Array(fine * fine);
  return {
    /** The ink, row by row, `width` × `width` values from 0 to 1. */
    values,
    width: fine,
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
    means: () => {
      const scale = fine / 28;
      const sums = new Float32Array(28 * 28);
      values.forEach((value, i) => {
        const row = Math.floor(i / fine / scale);
        sums[row * 28 + Math.floor((i % fine) / scale)]! += value;
      });
      return sums.map((sum) => Math.min(1, sum / scale ** 2));
    },
  };
}
