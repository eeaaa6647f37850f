// x₀ … x_k out of the stored signs: the page carries one sign for each pixel and step, not the floats.

/**
 * The points of an attack from the signs that it took, in the float32 arithmetic of the attack itself:
 * xₜ₊₁ = min(max(xₜ + α·sₜ, lowest), highest).
 *
 * @param image 784 values in [0, 1]
 * @param signs −1, 0 or 1 for each pixel, step by step
 * @returns x₁ … x_k
 */
export function replay(
  image: Float32Array,
  signs: readonly ArrayLike<number>[],
  { epsilon, clip }: { epsilon: number; clip: boolean },
): Float32Array[] {
  const stepSize = Math.fround(epsilon / signs.length);
  const radius = Math.fround(epsilon);
  const bounds = (side: -1 | 1) =>
    image.map((value) => {
      const bound = Math.fround(value + side * radius);
      return clip ? Math.min(1, Math.max(0, bound)) : bound;
    });
  const lowest = bounds(-1);
  const highest = bounds(1);
  let point = image;
  return signs.map((step) => {
    point = point.map((value, i) => {
      const moved = Math.fround(value + Math.fround(step[i]! * stepSize));
      return Math.min(highest[i]!, Math.max(lowest[i]!, moved));
    });
    return point;
  });
}

/** Signs as they are stored, "-0+", as −1, 0, 1. */
export function signsFromText(text: string): Int8Array {
  return Int8Array.from(text, (sign) => (sign === '+' ? 1 : sign === '-' ? -1 : 0));
}
