// Both sweeps of the report, with the first gradient shared among all ε and without, on all threads and on one.
import { reportOptions } from '../../src/compute/options.ts';
import { compare, timed } from '../measure.ts';
import { sweep } from '../work.ts';
import type { Rows } from '../runParts.ts';
import type { Workbench } from '../workbench.ts';

/** Times both sweeps; says whether their predictions are the same with one thread, and without sharing. */
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
