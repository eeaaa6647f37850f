// How the cost of a sweep grows with images, ε's, steps and threads, and whether memory does.
import { selectDigits } from '../../src/compute/data/mnist.ts';
import { inTurns, timed, type Run } from '../measure.ts';
import { printTimes, type Rows, type Workbench } from '../workbench.ts';
import { GRID, sweep, type SweepChoice } from './sweeps.ts';

/** Times sweeps along each of the four, and holds the memory after ten times the images against that after the first. */
export async function growth(bench: Workbench): Promise<Rows> {
  const rows: Rows = {};
  const along = async (
    what: string,
    choices: Record<string, SweepChoice>,
    units: (key: string) => number,
  ) => {
    const work = Object.entries(choices).map(([key, choice]) => [
      key,
      () => timed(() => sweep(bench, choice)),
    ]);
    const times = await inTurns(
      Object.fromEntries(work) as Record<string, () => Promise<Run>>,
      bench.options,
    );
    const [first] = Object.keys(choices);
    for (const [key, one] of Object.entries(times)) {
      const perUnit = one.median / units(key);
      const relative = perUnit / (times[first!]!.median / units(first!));
      rows[`${what}: ${key}`] = one;
      rows[`${what}: ${key}, cost of a unit against the first`] = relative;
      printTimes(`${what}: ${key}`, one, `${relative.toFixed(2)} of the first's cost for each unit of work`);
    }
  };

  const counts = bench.options.quick ? [250, 1000] : [1000, 2000, 5000, 10_000];
  const few = GRID.filter((_, i) => i % 5 === 0);
  const imagesOf = (count: number): SweepChoice => {
    const indices = Array.from({ length: count }, (_, i) => i);
    return { steps: 5, epsilons: few, images: { indices, digits: selectDigits(bench.test, indices) } };
  };
  await sweep(bench, imagesOf(counts[0]!));
  const first = resident();
  await along(
    'images (k = 5, 5 ε)',
    Object.fromEntries(counts.map((count) => [`${count} images`, imagesOf(count)])),
    (key) => parseInt(key, 10),
  );
  const last = resident();
  rows[`resident MiB after ${counts[0]} images`] = first;
  rows[`resident MiB after ${counts.at(-1)} images`] = last;
  console.log(
    `  resident memory: ${first.toFixed(0)} MiB after ${counts[0]} images, ${last.toFixed(0)} MiB after these`,
  );

  // Gradients of a sweep with k steps: one shared, k − 1 for each ε other than 0; predictions: one for each ε, a third the cost.
  const cost = (steps: number, epsilons: number): number => 1 + (epsilons - 1) * (steps - 1) + epsilons * 0.4;
  const grids = [6, 11, 21].map((count) => GRID.slice(0, count));
  await along(
    'ε (k = 5, 1,000 images)',
    Object.fromEntries(grids.map((epsilons) => [`${epsilons.length} ε`, { steps: 5, epsilons }])),
    (key) => cost(5, parseInt(key, 10)),
  );
  await along(
    'steps (5 ε, 1,000 images)',
    Object.fromEntries([2, 5, 10, 20].map((steps) => [`${steps} steps`, { steps, epsilons: few }])),
    (key) => cost(parseInt(key, 10), few.length),
  );
  if (bench.threads) {
    await along(
      'threads (k = 5, 5 ε, 1,000 images)',
      Object.fromEntries([1, 2, 4].map((size) => [`${size} threads`, { steps: 5, epsilons: few, size }])),
      () => 1,
    );
  }
  return rows;
}

/** Resident memory of this process, all threads together, in MiB. */
function resident(): number {
  return process.memoryUsage.rss() / 2 ** 20;
}
