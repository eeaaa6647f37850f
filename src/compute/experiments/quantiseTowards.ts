/**
 * Rounds perturbed pixels to bytes in the direction of the original, so that rounding never leaves the
 * L∞ ball: at ε = 0.3 a pixel moves by at most 76 of 255, where plain rounding would give 77.
 *
 * Where no byte lies between the two, as can be for an original that is not bytes itself, it is the original's nearest.
 * Values within 1e-5 of a whole byte count as that byte: they are float32's rendering of it.
 *
 * @param perturbed pixels in [0, 1]
 * @param image the original pixels in [0, 1], as many
 * @throws if the lengths differ or a pixel is not in [0, 1]
 */
export function quantiseTowards(perturbed: ArrayLike<number>, image: ArrayLike<number>): Uint8Array {
  if (perturbed.length !== image.length) {
    throw new RangeError(`invalid lengths: ${perturbed.length} and ${image.length}, expected equal ones`);
  }
  return Uint8Array.from({ length: perturbed.length }, (_, i) => {
    const [value, original] = [perturbed[i]!, image[i]!];
    for (const pixel of [value, original]) {
      if (!(pixel >= 0 && pixel <= 1)) {
        throw new RangeError(`invalid pixel: ${pixel} at ${i}, expected a number from 0 to 1`);
      }
    }
    return byteTowards(255 * value, 255 * original);
  });
}

/** The byte nearest to a value among those on its way to the original; the original's nearest if there is none. */
function byteTowards(value: number, original: number): number {
  const nearest = Math.round(value);
  if (Math.abs(value - nearest) < 255e-5) return nearest;
  const byte = value > original ? Math.floor(value) : Math.ceil(value);
  const passed = value > original ? byte < original : byte > original;
  return passed ? Math.round(original) : byte;
}
