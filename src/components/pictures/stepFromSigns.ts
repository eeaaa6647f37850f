// A stored sign string is all that it takes to make x* at any ε again.

const values: Readonly<Record<string, number>> = { '-': -1, '0': 0, '+': 1 };

/**
 * Signs as numbers: "-0+" → −1, 0, 1.
 *
 * @throws if there is another character
 */
export function signValues(signs: string): number[] {
  return Array.from(signs, (sign, i) => {
    const value = values[sign];
    if (value === undefined) throw new RangeError(`invalid sign ${i}: "${sign}", expected "-", "0" or "+"`);
    return value;
  });
}

/**
 * x* = clip₀₁(x + ε·sign g) in float32 arithmetic, as the attack computes it.
 *
 * @throws if there are not as many signs as pixels
 */
export function stepFromSigns(image: readonly number[], signs: string, epsilon: number): number[] {
  if (signs.length !== image.length) {
    throw new RangeError(`invalid signs: ${signs.length}, expected ${image.length}, one for each pixel`);
  }
  const size = Math.fround(epsilon);
  return signValues(signs).map((sign, i) =>
    Math.min(1, Math.max(0, Math.fround(Math.fround(image[i]!) + sign * size))),
  );
}
