/** Index of the largest value, but for that at `excluded`; ties go to the lowest index. */
export function argmax(values: ArrayLike<number>, excluded?: number): number {
  let best = excluded === 0 ? 1 : 0;
  for (let i = 1; i < values.length; i++) if (i !== excluded && values[i]! > values[best]!) best = i;
  return best;
}
