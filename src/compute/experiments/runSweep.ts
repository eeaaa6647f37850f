import type { Digits } from '../data/mnist.ts';
import type { Network } from '../networks/layers.ts';
import type { Sweep } from '../results/schema/sweep.ts';
import { joinSlices, type SweepOptions } from './sweepSlice.ts';
import type { StageContext } from '../build/stage.ts';
import { slices } from './slices.ts';

/** Sweeps digits on all workers; the result does not depend on how many these are. */
export async function runSweep(
  { pool, progress }: Pick<StageContext, 'pool' | 'progress'>,
  network: Network,
  digits: Digits,
  indices: readonly number[],
  sweep: SweepOptions,
): Promise<Sweep> {
  const onReport = (images: unknown) => {
    progress.tick(images as number);
  };
  const rows = await Promise.all(
    slices(digits).map((slice) => pool.run('sweepDigits', { network, ...slice, sweep }, { onReport })),
  );
  const { epsilons, steps, clip, loss } = sweep;
  return {
    attack: steps === 1 ? 'fgsm' : 'iterativeFgsm',
    loss,
    steps,
    clip,
    epsilons: [...epsilons],
    indices: [...indices],
    labels: digits.labels.join(''),
    ...joinSlices(rows),
  };
}
