// What the prose says of questions 2 and 4, derived from the stored predictions.
import { pairedDifference } from '../compute/statistics.ts';
import { correct, crossing, curve, rowAt, smallestFlippingEpsilons } from '../compute/results/curve.ts';
import type { Sweep } from '../compute/results/schemas.ts';
import { between, budget, pointsApart, points, share, whole, type Facts } from './fact.ts';

/** Difference of two sweeps' accuracies at one ε over the same images, a − b, with its paired interval. */
export function differenceAt(a: Sweep, b: Sweep, epsilon: number) {
  if (a.indices.join() !== b.indices.join()) throw new Error('the sweeps are over different images');
  const at = (sweep: Sweep) => correct(sweep.labels, sweep.predicted[sweep.epsilons.indexOf(epsilon)]!);
  return pairedDifference(at(a), at(b));
}

/** ε of the grid at which two sweeps' accuracies differ most, and that difference, a − b. */
export function largestDifference(a: Sweep, b: Sweep): { epsilon: number; difference: number } {
  const [rowsA, rowsB] = [curve(a), curve(b)];
  const differences = rowsA.map((row, i) => ({
    epsilon: row.epsilon,
    difference: row.accuracy - rowsB[i]!.accuracy,
  }));
  return differences.reduce((best, one) =>
    Math.abs(one.difference) > Math.abs(best.difference) ? one : best,
  );
}

/** First ε of the grid from which on no image is read correctly; undefined if there is none. */
function allLostFrom(sweep: Sweep): number | undefined {
  const rows = curve(sweep);
  const last = rows.findLastIndex(({ accuracy }) => accuracy > 0);
  return rows[last + 1]?.epsilon;
}

/** Images misread at some ε and read correctly again at a larger one. */
function recovered({ labels, predicted }: Sweep): number {
  return [...labels].filter((label, i) => {
    const lost = predicted.findIndex((row) => row[i] !== label);
    return lost >= 0 && predicted.slice(lost).some((row) => row[i] === label);
  }).length;
}

/** Facts of one curve, with those that differ from it in one choice. */
export function curveFacts(
  section: string,
  { clipped, unclipped, firstImages }: Record<'clipped' | 'unclipped' | 'firstImages', Sweep>,
  epsilon: number,
): Facts {
  const rows = curve(clipped);
  const early = 0.1;
  const withoutClip = differenceAt(clipped, unclipped, early);
  const half = crossing(rows, 0.5);
  const chanceLevel = crossing(rows, 0.1);
  const lost = allLostFrom(clipped);
  const smallest = smallestFlippingEpsilons(clipped);
  const lostEarly = smallest.filter((value) => value !== null && value <= early).length;
  const facts: Facts = {
    images: whole(clipped.labels.length),
    budgets: whole(clipped.epsilons.length),
    clean: share(rows[0]!.accuracy),
    early: share(rowAt(rows, early).accuracy),
    earlyEpsilon: budget(early),
    end: share(rowAt(rows, epsilon).accuracy),
    endLow: share(rowAt(rows, epsilon).low),
    endHigh: share(rowAt(rows, epsilon).high),
    endEpsilon: budget(epsilon),
    zeroGradients: whole(rows.reduce((sum, row) => sum + row.zeroGradients, 0)),
    unclippedEarly: share(rowAt(curve(unclipped), early).accuracy),
    clipEffect: pointsApart(withoutClip.value),
    clipEffectLow: points(withoutClip.low),
    clipEffectHigh: points(withoutClip.high),
    firstEarly: share(rowAt(curve(firstImages), early).accuracy),
    firstClean: share(curve(firstImages)[0]!.accuracy),
    firstEffect: points(rowAt(curve(firstImages), early).accuracy - rowAt(rows, early).accuracy),
    lostEarly: share(lostEarly / smallest.length),
    recovered: whole(recovered(clipped)),
    ...(half !== undefined && { half: between(half) }),
    ...(chanceLevel !== undefined && { chance: between(chanceLevel) }),
    ...(lost !== undefined && { allLost: budget(lost) }),
  };
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [`${section}.${name}`, fact]));
}
