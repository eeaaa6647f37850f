// What is derived from a sweep's predictions: curves, smallest flipping ε, confusions.
import { wilson } from '../statistics.ts';
import type { Sweep } from './schemas.ts';

/** Accuracy at one ε with its 95 % Wilson interval over images, and in how many of them the gradient of some step was 0 everywhere. */
export type CurveRow = ReturnType<typeof curve>[number];

/** Accuracy at each ε over all images, those already misclassified included. */
export function curve(sweep: Pick<Sweep, 'epsilons' | 'labels' | 'predicted' | 'zeroGradients'>) {
  return sweep.epsilons.map((epsilon, i) => {
    const { value, low, high } = accuracy(sweep.labels, sweep.predicted[i]!);
    return { epsilon, accuracy: value, low, high, zeroGradients: sweep.zeroGradients[i]! };
  });
}

/** Share of the digits that agree, with its interval. */
export function accuracy(labels: string, predicted: string) {
  return wilson(correct(labels, predicted).filter(Boolean).length, labels.length);
}

/** Which images are predicted correctly. */
export function correct(labels: string, predicted: string): boolean[] {
  return Array.from(labels, (label, i) => label === predicted[i]);
}

/**
 * Row of a curve at an ε of its grid.
 *
 * @throws if ε is not on the grid
 */
export function rowAt(rows: readonly CurveRow[], epsilon: number): CurveRow {
  const row = rows.find((candidate) => candidate.epsilon === epsilon);
  if (!row) {
    const grid = rows.map((candidate) => candidate.epsilon).join(', ');
    throw new RangeError(`invalid epsilon: ${epsilon}, expected one of ${grid}`);
  }
  return row;
}

/** ε at which the line through the rows first falls to `level`, or undefined if it never does. */
export function crossing(rows: readonly CurveRow[], level: number): number | undefined {
  for (let i = 1; i < rows.length; i++) {
    const [before, after] = [rows[i - 1]!, rows[i]!];
    if (before.accuracy >= level && after.accuracy <= level && after.accuracy < before.accuracy) {
      const share = (before.accuracy - level) / (before.accuracy - after.accuracy);
      return before.epsilon + share * (after.epsilon - before.epsilon);
    }
  }
  return undefined;
}

/** Smallest ε of the grid at which each image, correctly classified at ε = 0, is misclassified; null if none. */
export function smallestFlippingEpsilons(sweep: Pick<Sweep, 'epsilons' | 'labels' | 'predicted'>) {
  return correct(sweep.labels, sweep.predicted[0]!).flatMap((clean, i) => {
    if (!clean) return [];
    const at = sweep.predicted.findIndex((row) => row[i] !== sweep.labels[i]);
    return [at < 0 ? null : sweep.epsilons[at]!];
  });
}

/** Counts of true class (row) against predicted class (column). */
export function confusion(labels: string, predicted: string): number[][] {
  const counts = Array.from({ length: 10 }, () => new Array<number>(10).fill(0));
  for (let i = 0; i < labels.length; i++) counts[Number(labels[i])]![Number(predicted[i])]!++;
  return counts;
}

/** Share of the images of other classes that are led to class t, over all t: `predicted[t]` is what they become on the way there. */
export function ledToTarget(labels: string, predicted: readonly string[]): number {
  const arrived = predicted.flatMap((classes, target) =>
    correct(String(target).repeat(labels.length), classes).filter((_, i) => labels[i] !== String(target)),
  );
  return arrived.filter(Boolean).length / arrived.length;
}
