// Our work and the peers' in turns: the same weights, images and grid, one piece at a time.
import { setTimeout } from 'node:timers/promises';
import { reportOptions } from '../../src/compute/options.ts';
import { compare, ratio } from '../measure.ts';
import type { Rows } from '../runParts.ts';
import { startPeers } from '../startPeers.ts';
import { bothSweeps, train, TRAINING_STEPS } from '../work.ts';
import type { Workbench } from '../workbench.ts';

const OURS = 'ours';
const UNSHARED = 'ours, first gradient not shared';

// Threads of the libraries spin for a while after their work.
const PAUSE = 300;

/**
 * Times both sweeps and training against Foolbox, PyTorch and JAX, and against the same code on TensorFlow where one of tfjs's
 * bindings is installed; the ratio is the median of the rounds' own.
 */
export async function peers(bench: Workbench): Promise<Rows> {
  const { peers: theirs, versions, ask, end } = await startPeers(bench);
  console.log(
    `  ${Object.entries(versions)
      .map((entry) => entry.join(' '))
      .join(', ')}`,
  );
  const found: number[][] = [];
  const images = TRAINING_STEPS * reportOptions.training.batchSize;
  try {
    const sweeps = await compare(
      [OURS, UNSHARED, ...Object.keys(theirs)],
      {
        name: (who) => `both sweeps, ${who}`,
        async run(who) {
          await setTimeout(PAUSE);
          const run = await (who in theirs
            ? ask(who, 'sweeps')
            : bothSweeps(bench, { shared: who === OURS }));
          found.push(run.value!);
          return run;
        },
        figures: (times, _, ours) => ({ 'times ours': ratio(times, ours) }),
      },
      bench.options,
    );
    const training = await compare(
      [OURS, ...Object.keys(theirs).filter((name) => theirs[name]!.includes('training'))],
      {
        name: (who) => `training, ${who}`,
        async run(who) {
          await setTimeout(PAUSE);
          return who === OURS ? train(bench.pool(bench.options.workers)) : ask(who, 'training');
        },
        figures: (times, _, ours) => ({
          'images/s': images / times.median,
          'times ours': ratio(times, ours),
        }),
      },
      bench.options,
    );
    const differences = found.flatMap((all) => all.map((value, i) => Math.abs(value - found[0]![i]!)));
    return {
      ...sweeps,
      'largest difference of an accuracy from ours': Math.max(...differences),
      ...training,
    };
  } finally {
    end();
  }
}
