/**
 * Probabilities of the classes, exp(z_i − max z) / Σ_j exp(z_j − max z), from logits that are already there, as float32.
 *
 * @param logits one image's, finite
 */
export function softmaxOf(logits: readonly number[]): number[] {
  const highest = Math.max(...logits);
  const powers = logits.map((z) => Math.exp(z - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => Math.fround(power / sum));
}
