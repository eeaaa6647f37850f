/** The worth of a question: `1 point`, `4 points`. Throws unless it is a positive whole number. */
export function points(value: number): string {
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`invalid points: ${value}, expected a positive whole number`);
  return `${value} ${value === 1 ? 'point' : 'points'}`;
}
