import { PIXELS } from '../../../compute/networks/layers.ts';

/**
 * The pixels of the i-th image in bytes that follow one another, bytes / 255 in [0, 1].
 *
 * @throws if the bytes are not whole images, or there is no such image
 */
export function pixelsOf(bytes: Uint8Array): (i: number) => Float32Array {
  if (bytes.length % PIXELS !== 0) {
    throw new RangeError(`invalid images: ${bytes.length} bytes, expected a multiple of ${PIXELS}`);
  }
  return (i) => {
    const image = bytes.subarray(i * PIXELS, (i + 1) * PIXELS);
    if (image.length !== PIXELS) {
      throw new RangeError(`invalid image: ${i}, expected a whole number below ${bytes.length / PIXELS}`);
    }
    return Float32Array.from(image, (byte) => byte / 255);
  };
}
