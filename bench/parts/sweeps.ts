// Both sweeps of the report, and how the cost of one grows with images, ε's, steps and threads, and whether memory does.
import { firstImages } from '../../src/compute/experiments/digits.ts';
import { reportOptions } from '../../src/compute/options.ts';
import { compare, timed } from '../measure.ts';
import type { Rows } from '../runParts.ts';
import { grid, sweep, type SweepChoice, type Workbench } from '../workbench.ts';

/** Times both sweeps, with the first gradient shared among all ε and without, on all threads and on one; says whether their predictions are the same with one thread, and without sharing. */
export async function sweeps(bench: Workbench): Promise<Rows> {
  const { options, threads } = bench;
  const ways = [
    { how: '' },
    { how: ', a first gradient for each ε', shared: false },
    ...(threads && options.workers > 1 ? [{ how: ', one thread', size: 1 }] : []),
  ];
  const attacks = [
    { attack: 'FGSM', steps: 1 },
    { attack: 'iterative', steps: reportOptions.sweep.steps },
  ];
  const predictions: Record<string, Set<string>> = { FGSM: new Set(), iterative: new Set() };
  const times = await compare(
    attacks.flatMap((attack) => ways.map((way) => ({ ...attack, ...way }))),
    {
      name: ({ attack, how }) => `${attack}${how}, 1,000 images, 21 ε`,
      run: ({ attack, how: _, ...choice }) =>
        timed(async () => predictions[attack]!.add((await sweep(bench, choice)).join())),
    },
    options,
  );
  const equal = Object.values(predictions).every(({ size }) => size === 1);
  return { ...times, 'same predictions': equal };
}

/** A sweep, and how many units of work it has beside the others. */
interface Growing extends SweepChoice {
  what: string;
  units: number;
}

/** Times sweeps along each of the four, and holds the memory after ten times the images against that after the first. */
export async function growth(bench: Workbench): Promise<Rows> {
  const along = (cases: readonly Growing[]) =>
    compare(
      cases,
      {
        name: ({ what }) => what,
        run: ({ what: _, units: __, ...choice }) => timed(() => sweep(bench, choice)),
        figures: ({ median }, { units }, first) => ({
          "of the first's cost for each unit of work": median / units / (first.median / cases[0]!.units),
        }),
      },
      bench.options,
    );

  const few = grid.filter((_, i) => i % 5 === 0);
  const byImages: Growing[] = [];
  for (const units of [1000, 2000, 5000, 10_000]) {
    const images = await firstImages(units);
    byImages.push({ what: `${units} images (k = 5, 5 ε)`, units, steps: 5, epsilons: few, images });
  }
  const [fewest, most] = [byImages[0]!, byImages.at(-1)!];
  await sweep(bench, fewest);
  const before = residentMebibytes();
  const images = await along(byImages);
  const after = residentMebibytes();
  const memory = {
    [`resident MiB after ${fewest.units} images`]: before,
    [`resident MiB after ${most.units} images`]: after,
  };

  // Gradients of a sweep with k steps: one shared, k − 1 for each ε other than 0; predictions: one for each ε, a third the cost.
  const cost = (steps: number, epsilons: number): number => 1 + (epsilons - 1) * (steps - 1) + epsilons * 0.4;
  return {
    ...images,
    ...memory,
    ...(await along(
      [6, 11, 21].map((count) => ({
        what: `${count} ε (k = 5, 1,000 images)`,
        units: cost(5, count),
        steps: 5,
        epsilons: grid.slice(0, count),
      })),
    )),
    ...(await along(
      [2, 5, 10, 20].map((steps) => ({
        what: `${steps} steps (5 ε, 1,000 images)`,
        units: cost(steps, few.length),
        steps,
        epsilons: few,
      })),
    )),
    ...(await along(
      (bench.threads ? [1, 2, 4] : []).map((size) => ({
        what: `${size} threads (k = 5, 5 ε, 1,000 images)`,
        units: 1,
        steps: 5,
        epsilons: few,
        size,
      })),
    )),
  };
}

/** Resident memory of this process, all threads together. */
function residentMebibytes(): number {
  return process.memoryUsage.rss() / 2 ** 20;
}
