/**
 * Cross-entropy of the true label as softplus(m), m = logsumexp_{j≠y} z_j − z_y: the loss of the report,
 * from logits that are already there.
 *
 * @param logits one image's
 * @throws if the label is not one of the classes
 */
export function lossOf(logits: readonly number[], label: number): number {
  if (!(label in logits)) {
    throw new RangeError(`invalid label: ${label}, expected a class from 0 to ${logits.length - 1}`);
  }
  const rivals = logits.filter((_, j) => j !== label);
  const highest = Math.max(...rivals);
  const margin =
    highest + Math.log(rivals.reduce((sum, z) => sum + Math.exp(z - highest), 0)) - logits[label]!;
  return Math.max(margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
}
