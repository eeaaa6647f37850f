import { checkLength, side, type Picture } from './digitPicture.ts';

/**
 * An image in MNIST's own polarity, 0 black and 255 white: for downloads.
 *
 * @param bytes 784 whole numbers from 0 to 255, row by row
 * @throws if there are not 784 of them
 */
export function greyPicture(bytes: ArrayLike<number>): Picture {
  checkLength(bytes);
  const data = new Uint8ClampedArray(4 * bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    const value = bytes[i]!;
    if (!Number.isInteger(value) || value < 0 || value > 255) {
      throw new RangeError(`invalid byte ${i}: ${value}, expected a whole number from 0 to 255`);
    }
    data.set([value, value, value, 255], 4 * i);
  }
  return { width: side, height: side, data };
}
