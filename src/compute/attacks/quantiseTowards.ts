/**
 * Rounds perturbed pixels to bytes in the direction of the original, so that rounding never leaves the
 * L∞ ball: at ε = 0.3 a pixel moves by at most 76 of 255, where plain rounding would give 77.
 *
 * Values within 1e-5 of a whole byte count as that byte: they are float32's rendering of it.
 *
 * @param perturbed pixels in [0, 1]
 * @param image the original pixels in [0, 1], as many
 * @throws if the lengths differ or a pixel is not in [0, 1]
 */
export function quantiseTowards(
  perturbed: ArrayLike<number>,
  image: ArrayLike<number>,
): Uint8Array {
  if (perturbed.length !== image.length) {
    throw new RangeError(
      `invalid lengths: ${perturbed.length} and ${image.length}, expected equal ones`,
    );
  }
  return Uint8Array.from({ length: perturbed.length }, (_, i) => {
    const [value, original] = [perturbed[i]!, image[i]!];
    for (const pixel of [value, original]) {
      if (!(pixel >= 0 && pixel <= 1)) {
        throw new RangeError(
          `invalid pixel: ${pixel} at ${i}, expected a number from 0 to 1`,
        );
      }
    }
    const byte = value * 255;
    if (Math.abs(byte - Math.round(byte)) < 1e-5 * 255)
      return Math.round(byte);
    return value > original ? Math.floor(byte) : Math.ceil(byte);
  });
}
