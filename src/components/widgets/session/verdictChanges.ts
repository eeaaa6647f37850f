import type { Along } from './example.ts';

/** A place along ε at which another class is read than at the ε before. */
export interface VerdictChange {
  epsilon: number;
  from: number;
  to: number;
}

/** The places along ε where the verdict changes, each at the first ε with the new one. */
export function verdictChanges({
  epsilons,
  verdicts,
}: Pick<Along, 'epsilons' | 'verdicts'>): VerdictChange[] {
  return verdicts.flatMap((to, i) => {
    const from = verdicts[i - 1];
    return from === undefined || from === to ? [] : [{ epsilon: epsilons[i]!, from, to }];
  });
}
