import { sweepSlice, type SweepOptions, type SweepRows } from '../sweepSlice.ts';
import type { TaskContext } from '../../build/task.ts';
import { onDigits, type DigitsArguments } from './onDigits.ts';

/** A slice of digits and what to do at each ε. */
export interface SweepDigitsArguments extends DigitsArguments {
  sweep: SweepOptions;
}

/** Sweeps a slice over ε; reports the number of images done after each ε. */
export function sweepDigits({ sweep, ...digits }: SweepDigitsArguments, { report }: TaskContext): SweepRows {
  return onDigits(digits, (classifier, images, labels) =>
    sweepSlice(classifier, images, labels, sweep, () => {
      report(images.shape[0]);
    }),
  );
}
