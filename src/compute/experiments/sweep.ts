// Sweeps of many images on all workers.
import type { Network } from '../networks/layers.ts';
import type { Sweep } from '../results/schemas.ts';
import { onDigits, slices, type DigitsArguments, type IndexedDigits } from './digits.ts';
import type { StageContext } from './stage.ts';
import { joinSlices, sweepSlice, type SweepOptions, type SweepRows } from './sweepSlice.ts';

/** A slice of digits and what to do at each ε. */
interface SweepDigitsArguments extends DigitsArguments {
  sweep: SweepOptions;
}

/** Task: sweeps a slice over ε; reports the number of its images after each ε. */
export function sweepDigits(
  { sweep, ...digits }: SweepDigitsArguments,
  report: (images: number) => void,
): SweepRows {
  return onDigits(digits, (classifier, images, labels) =>
    sweepSlice(classifier, images, labels, sweep, () => report(images.shape[0])),
  );
}

/** Sweeps digits on all workers; the result does not depend on how many these are. */
export async function runSweep(
  { run, progress }: Pick<StageContext, 'run' | 'progress'>,
  network: Network,
  { indices, digits }: IndexedDigits,
  sweep: SweepOptions,
): Promise<Sweep> {
  const rows = await Promise.all(
    slices(digits).map((slice) =>
      run(sweepDigits, { network, ...slice, sweep }, (images) => progress.tick(images)),
    ),
  );
  const { epsilons, steps, clip, loss } = sweep;
  return {
    attack: steps === 1 ? 'fgsm' : 'iterativeFgsm',
    loss,
    steps,
    clip,
    epsilons: [...epsilons],
    indices,
    labels: digits.labels.join(''),
    ...joinSlices(rows),
  };
}
