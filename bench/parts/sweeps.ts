// Both sweeps of the report, with the first gradient shared among all ε and without.
import { countEqual } from '../../src/compute/statistics.ts';
import { runSweep } from '../../src/compute/experiments/sweep.ts';
import { silentReporter } from '../../src/compute/build/progress.ts';
import type { IndexedDigits } from '../../src/compute/experiments/digits.ts';
import { reportOptions } from '../../src/compute/options.ts';
import { epsilonGrid } from '../../src/compute/experiments/epsilonGrid.ts';
import { splitEpsilons } from '../splitEpsilons.ts';
import { inTurns, timed, type Run } from '../measure.ts';
import { printTimes, type Rows, type Workbench } from '../workbench.ts';

const { epsilonCount, epsilonDenominator, steps: STEPS } = reportOptions.sweep;

/** The report's ε grid. */
export const GRID = epsilonGrid(epsilonCount, epsilonDenominator);

/** What a sweep of the bench may choose. */
export interface SweepChoice {
  steps: number;
  shared?: boolean;
  size?: number;
  epsilons?: readonly number[];
  images?: IndexedDigits;
}

/** Runs a sweep as the report's stages do. Unshared, each ε takes its own first gradient, as the peers do. */
export async function sweep(bench: Workbench, choice: SweepChoice): Promise<string[]> {
  const {
    steps,
    shared = true,
    size = bench.options.workers,
    epsilons = GRID,
    images = bench.images,
  } = choice;
  const { run } = bench.pool(bench.threads ? size : 1);
  const context = { run, progress: silentReporter.progress('bench') };
  // ε = 0 takes no gradient: it goes along with the first one that does.
  const groups = shared ? [epsilons] : splitEpsilons(epsilons);
  const parts = await Promise.all(
    groups.map((group) =>
      runSweep(context, bench.network, images, { epsilons: group, steps, clip: true, loss: 'margin' }),
    ),
  );
  return parts.flatMap(({ predicted }) => predicted);
}

/** Accuracy at each ε. */
export function accuracies(predicted: readonly string[], labels: Uint8Array): number[] {
  return predicted.map((row) => countEqual([...row].map(Number), labels) / labels.length);
}

/** Times both sweeps; says whether their predictions are the same with one thread, and without sharing. */
export async function sweeps(bench: Workbench): Promise<Rows> {
  const single = bench.threads && bench.options.workers > 1;
  const choices = {
    FGSM: { steps: 1 },
    'FGSM, a gradient for each ε': { steps: 1, shared: false },
    iterative: { steps: STEPS },
    'iterative, a first gradient for each ε': { steps: STEPS, shared: false },
    ...(single
      ? { 'FGSM, one thread': { steps: 1, size: 1 }, 'iterative, one thread': { steps: STEPS, size: 1 } }
      : {}),
  } satisfies Record<string, SweepChoice>;
  const predictions = new Map<string, string>();
  const work = Object.entries<SweepChoice>(choices).map(([name, choice]) => [
    name,
    () =>
      timed(async () => {
        predictions.set(name, (await sweep(bench, choice)).join());
      }),
  ]);
  const times = await inTurns(
    Object.fromEntries(work) as Record<keyof typeof choices, () => Promise<Run>>,
    bench.options,
  );
  for (const [name, one] of Object.entries(times)) printTimes(`${name}, 1,000 images, 21 ε`, one);
  const equal = [...predictions].every(
    ([name, found]) => found === predictions.get(name.startsWith('FGSM') ? 'FGSM' : 'iterative'),
  );
  console.log(`  predictions are ${equal ? 'the same' : 'DIFFERENT'} in all of these`);
  return { ...times, 'same predictions': equal };
}
