// From logits to what the report states: predictions, accuracies and their intervals. Plain numbers, for build and browser.

/** A share with its 95 % Wilson interval. */
export interface Share {
  value: number;
  low: number;
  high: number;
}

/** Index of the largest value; ties go to the lowest index. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/** Index of the largest value but that at `excluded`; ties go to the lowest index. */
export function runnerUp(values: ArrayLike<number>, excluded: number): number {
  let best = excluded === 0 ? 1 : 0;
  for (let i = 0; i < values.length; i++) if (i !== excluded && values[i]! > values[best]!) best = i;
  return best;
}

/**
 * Probabilities of one image, exp(z_i − max z) / Σ_j exp(z_j − max z), as float32.
 *
 * @param logits finite
 */
export function softmax(logits: readonly number[]): number[] {
  const highest = Math.max(...logits);
  const powers = logits.map((z) => Math.exp(z - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => Math.fround(power / sum));
}

/** Margin of one image, m = logsumexp_{j≠y} z_j − z_y. */
export function marginOf(logits: readonly number[], label: number): number {
  const rivals = logits.filter((_, j) => j !== label);
  const highest = Math.max(...rivals);
  const sum = rivals.reduce((total, z) => total + Math.exp(z - highest), 0);
  return highest + Math.log(sum) - logits[label]!;
}

/**
 * Cross-entropy of the true label for one image as softplus(m) of the margin, as float32: no digit is lost where the network
 * is sure.
 */
export function lossOf(logits: readonly number[], label: number): number {
  const margin = marginOf(logits, label);
  return Math.fround(Math.max(margin, 0) + Math.log1p(Math.exp(-Math.abs(margin))));
}

/** Number of places at which two sequences agree. */
export function countEqual(a: ArrayLike<unknown>, b: ArrayLike<unknown>): number {
  let equal = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) equal++;
  return equal;
}

// 0.975 quantile of the standard normal distribution.
const Z = 1.959963984540054;

/**
 * Share of `hits` in `total` with its 95 % Wilson score interval,
 * (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n). Over images, not over trainings.
 *
 * Wilson, "Probable inference, the law of succession, and statistical inference" (1927).
 *
 * @throws if the counts are not 0 ≤ hits ≤ total, total ≥ 1
 */
export function wilson(hits: number, total: number): Share {
  if (!(Number.isInteger(hits) && Number.isInteger(total) && total >= 1 && hits >= 0 && hits <= total)) {
    throw new RangeError(`invalid counts: ${hits} of ${total}, expected 0 ≤ hits ≤ total and total ≥ 1`);
  }
  const value = hits / total;
  const scale = 1 + (Z * Z) / total;
  const centre = (value + (Z * Z) / (2 * total)) / scale;
  const radius = (Z * Math.sqrt((value * (1 - value)) / total + (Z * Z) / (4 * total * total))) / scale;
  return {
    value,
    low: hits === 0 ? 0 : centre - radius,
    high: hits === total ? 1 : centre + radius,
  };
}

// 0.975 quantiles of Student's t distribution with 1, 2, … degrees of freedom.
const T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

/**
 * Mean of a few measurements with its 95 % interval, x̄ ± t s / √n: over trainings, where each gives one value.
 *
 * Student, "The probable error of a mean" (1908).
 *
 * @throws if there are fewer than two values or more than ten
 */
export function meanInterval(values: readonly number[]): Share {
  const t = T[values.length - 2];
  if (t === undefined) throw new RangeError(`invalid values: ${values.length}, expected two to ten`);
  const value = values.reduce((sum, one) => sum + one, 0) / values.length;
  const squares = values.reduce((sum, one) => sum + (one - value) ** 2, 0);
  const radius = t * Math.sqrt(squares / (values.length - 1) / values.length);
  return { value, low: value - radius, high: value + radius };
}

/**
 * Difference of two shares over the same images, with its 95 % interval for paired observations,
 * d ± z √((b + c − (b − c)²/n)/n²), where b and c count the images on which just one of the two holds.
 *
 * Agresti, "Categorical data analysis" (2013), eq. 11.1.
 */
export function pairedDifference(a: ArrayLike<boolean>, b: ArrayLike<boolean>): Share {
  const total = a.length;
  let onlyA = 0;
  let onlyB = 0;
  for (let i = 0; i < total; i++) {
    if (a[i] && !b[i]) onlyA++;
    if (b[i] && !a[i]) onlyB++;
  }
  const value = (onlyA - onlyB) / total;
  const radius = (Z * Math.sqrt(onlyA + onlyB - (onlyA - onlyB) ** 2 / total)) / total;
  return { value, low: value - radius, high: value + radius };
}
