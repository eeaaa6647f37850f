// The signs of gradients as they are stored, one character for each pixel, and what an attack makes of them: a page carries these
// and not the floats.

/** Signs of a gradient as −1, 0 and 1; 0 only for a gradient of exactly 0. */
export function signsOf(gradient: ArrayLike<number>): Int8Array {
  return Int8Array.from(gradient, (g) => (g > 0 ? 1 : g < 0 ? -1 : 0));
}

/** Signs, or those of a gradient, as text: one of "-", "0", "+" for each pixel. */
export function signText(gradient: ArrayLike<number>): string {
  return Array.from(gradient, (g) => (g > 0 ? '+' : g < 0 ? '-' : '0')).join('');
}

/**
 * The signs that {@link signText} wrote.
 *
 * @throws if there is another character
 */
export function signsFromText(text: string): Int8Array {
  return Int8Array.from(text, (sign, i) => {
    const place = '-0+'.indexOf(sign);
    if (place < 0) throw new RangeError(`invalid sign ${i}: "${sign}", expected "-", "0" or "+"`);
    return place - 1;
  });
}

/**
 * The points of an attack from the signs that it took, in the float32 arithmetic of the attack itself:
 * xₜ₊₁ = clip₀₁(clip_ε(xₜ + α·sₜ)).
 *
 * @param image pixels in [0, 1]
 * @param signs −1, 0 or 1 for each pixel, step by step
 * @returns x₁ … x_k
 * @throws if there are not as many signs as pixels
 */
export function replay(
  image: Float32Array,
  signs: readonly ArrayLike<number>[],
  { epsilon, clip = true }: { epsilon: number; clip?: boolean },
): Float32Array[] {
  const stepSize = Math.fround(epsilon / signs.length);
  const radius = Math.fround(epsilon);
  const bound = (value: number) => (clip ? Math.min(1, Math.max(0, value)) : value);
  let point = image;
  return signs.map((step) => {
    if (step.length !== image.length) {
      throw new RangeError(`invalid signs: ${step.length}, expected ${image.length}, one for each pixel`);
    }
    point = point.map((value, i) => {
      const moved = Math.fround(value + Math.fround(step[i]! * stepSize));
      return bound(Math.min(image[i]! + radius, Math.max(image[i]! - radius, moved)));
    });
    return point;
  });
}
