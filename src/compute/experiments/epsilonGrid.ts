/**
 * The grid ε_i = i / denominator, i = 0 … count − 1; never a running sum, so that 12 / 40 is 0.3.
 *
 * @throws if either is not a positive integer or the grid leaves [0, 1]
 */
export function epsilonGrid(count: number, denominator: number): number[] {
  if (!Number.isInteger(count) || !Number.isInteger(denominator) || count < 1 || denominator < 1) {
    throw new RangeError(`invalid grid: ${count} values of i / ${denominator}, expected positive integers`);
  }
  if (count - 1 > denominator) {
    throw new RangeError(`invalid grid: up to ${count - 1} / ${denominator}, expected at most 1`);
  }
  return Array.from({ length: count }, (_, i) => i / denominator);
}
