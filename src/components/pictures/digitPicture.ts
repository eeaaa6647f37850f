// An MNIST image as the page shows it: ink on a ground.

/** Pixels as RGBA, row by row: what a canvas or an encoder takes. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>;
}

/** Side of an MNIST image in pixels. */
export const side = 28;

/**
 * A digit as black ink, its opacity the pixel's value (round(255·v)): 0 shows the ground, 1 is black. The dark theme
 * inverts it by style.
 *
 * @param pixels 784 values in [0, 1], row by row
 * @throws if there are not 784 values, or one lies outside [0, 1]
 */
export function digitPicture(pixels: ArrayLike<number>): Picture {
  checkLength(pixels);
  const data = new Uint8ClampedArray(4 * pixels.length);
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i]!;
    if (!(value >= 0 && value <= 1))
      throw new RangeError(`invalid pixel ${i}: ${value}, expected a number from 0 to 1`);
    data[4 * i + 3] = Math.round(255 * value);
  }
  return { width: side, height: side, data };
}

/** Throws if there are not 784 values. */
export function checkLength(values: ArrayLike<number>): void {
  if (values.length !== side * side) {
    throw new RangeError(`invalid image: ${values.length} values, expected ${side * side}`);
  }
}
