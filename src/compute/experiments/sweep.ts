// Sweeps of many images over a grid of ε, on all workers.
import type { Network } from '../networks/layers.ts';
import type { Options } from '../options.ts';
import type { Sweep } from '../results/schemas.ts';
import { onDigits, slices, type DigitsArguments, type IndexedDigits } from './digits.ts';
import type { Runner } from './stage.ts';
import { sweepSlice, type SweepOptions, type SweepRows } from './sweepSlice.ts';

/**
 * The grid ε_i = i / epsilonDenominator, i = 0 … epsilonCount − 1; never a running sum, so that 12 / 40 is 0.3.
 *
 * @throws if either is not a positive integer or the grid leaves [0, 1]
 */
export function epsilonGrid({
  epsilonCount: count,
  epsilonDenominator: denominator,
}: Pick<Options['sweep'], 'epsilonCount' | 'epsilonDenominator'>): number[] {
  if (!Number.isInteger(count) || !Number.isInteger(denominator) || count < 1 || denominator < 1) {
    throw new RangeError(`invalid grid: ${count} values of i / ${denominator}, expected positive integers`);
  }
  if (count - 1 > denominator) {
    throw new RangeError(`invalid grid: up to ${count - 1} / ${denominator}, expected at most 1`);
  }
  return Array.from({ length: count }, (_, i) => i / denominator);
}

interface SweepDigitsArguments extends DigitsArguments {
  sweep: SweepOptions;
}

/** Task: sweeps a slice over ε; reports the number of its images after each ε. */
export function sweepDigits({ sweep, ...digits }: SweepDigitsArguments, report: (images: number) => void) {
  return onDigits(digits, (classifier, images, labels) =>
    sweepSlice(classifier, images, labels, sweep, () => report(images.shape[0])),
  );
}

/**
 * Sweeps digits on all workers, with the clip and by the margin unless told otherwise; the result does not depend on how many
 * these are.
 */
export async function runSweep(
  { run, progress }: Runner,
  network: Network,
  { indices, labels, digits }: IndexedDigits,
  options: Pick<SweepOptions, 'epsilons' | 'steps'> & Partial<SweepOptions>,
): Promise<Sweep> {
  const sweep = { clip: true, loss: 'margin' as const, ...options };
  const rows = await Promise.all(
    slices(digits).map((slice) =>
      run(sweepDigits, { network, ...slice, sweep }, (images) => progress.tick(images)),
    ),
  );
  const attack = sweep.steps === 1 ? 'fgsm' : 'iterativeFgsm';
  return { ...sweep, attack, epsilons: [...sweep.epsilons], indices, labels, ...joinSlices(rows) };
}

/** The rows of slices that follow each other. */
export function joinSlices(slices: readonly SweepRows[]): SweepRows {
  const { predicted, zeroGradients } = slices[0] ?? { predicted: [], zeroGradients: [] };
  return {
    predicted: predicted.map((_, i) => slices.map((slice) => slice.predicted[i]!).join('')),
    zeroGradients: zeroGradients.map((_, i) =>
      slices.reduce((sum, slice) => sum + slice.zeroGradients[i]!, 0),
    ),
  };
}
