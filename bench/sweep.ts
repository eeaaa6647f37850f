// The report's sweep, as its stages run it, with the bench's choices.
import { silentReporter } from '../src/compute/build/progress.ts';
import type { IndexedDigits } from '../src/compute/experiments/digits.ts';
import { epsilonGrid } from '../src/compute/experiments/epsilonGrid.ts';
import { runSweep } from '../src/compute/experiments/sweep.ts';
import { reportOptions } from '../src/compute/options.ts';
import { countEqual } from '../src/compute/statistics.ts';
import { timed, type Run } from './measure.ts';
import type { Workbench } from './workbench.ts';

const { epsilonCount, epsilonDenominator } = reportOptions.sweep;

/** The report's ε grid. */
export const grid = epsilonGrid(epsilonCount, epsilonDenominator);

/** What a sweep of the bench may choose. */
export interface SweepChoice {
  steps: number;
  /** Whether all ε share their first gradient; the peers take it anew for each. */
  shared?: boolean;
  size?: number;
  epsilons?: readonly number[];
  images?: IndexedDigits;
}

/** Runs a sweep; returns the predicted classes, a string of digits for each ε. */
export async function sweep(
  { pool, network, ...bench }: Workbench,
  { steps, shared = true, size = bench.options.workers, epsilons = grid, images = bench.images }: SweepChoice,
): Promise<string[]> {
  const context = { run: pool(size).run, progress: silentReporter.progress('bench') };
  // ε = 0 takes no gradient: it goes along with the first one that does.
  const groups = shared
    ? [epsilons]
    : [epsilons.slice(0, 2), ...epsilons.slice(2).map((epsilon) => [epsilon])];
  const parts = await Promise.all(
    groups.map((group) =>
      runSweep(context, network, images, { epsilons: group, steps, clip: true, loss: 'margin' }),
    ),
  );
  return parts.flatMap(({ predicted }) => predicted);
}

/** Does both sweeps; returns FGSM's accuracies, then the iterative ones. */
export function bothSweeps(bench: Workbench, { shared = true } = {}): Promise<Run & { value: number[] }> {
  const { labels } = bench.images.digits;
  return timed(async () => {
    // Nobody's FGSM but Foolbox's takes more than one gradient.
    const predicted = [
      ...(await sweep(bench, { steps: 1 })),
      ...(await sweep(bench, { steps: reportOptions.sweep.steps, shared })),
    ];
    return predicted.map((row) => countEqual([...row].map(Number), labels) / labels.length);
  });
}
