import type { Picture } from './digitPicture.ts';

/**
 * The picture with each pixel as a square of `scale` × `scale` equal ones.
 *
 * @throws if the scale is not a positive integer
 */
export function enlarge({ width, height, data }: Picture, scale: number): Picture {
  if (!Number.isInteger(scale) || scale < 1)
    throw new RangeError(`invalid scale: ${scale}, expected a whole number from 1`);
  const large = new Uint8ClampedArray(4 * width * height * scale * scale);
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const target = new Uint32Array(large.buffer);
  for (let row = 0; row < height * scale; row++) {
    const from = Math.floor(row / scale) * width;
    for (let column = 0; column < width * scale; column++) {
      target[row * width * scale + column] = pixels[from + Math.floor(column / scale)]!;
    }
  }
  return { width: width * scale, height: height * scale, data: large };
}
