// Our work and the peers' in turns: the same weights, images and grid, one piece at a time.
import { setTimeout } from 'node:timers/promises';
import { reportOptions } from '../../src/compute/options.ts';
import { inTurns, ratio, timed, timesOf, type Times, type Run } from '../measure.ts';
import { startPeers, type Answer } from '../startPeers.ts';
import { printTimes, type Rows, type Workbench } from '../workbench.ts';
import { trainer } from './network.ts';
import { GRID, sweep } from './sweeps.ts';

const { steps } = reportOptions.sweep;

// Threads of the libraries spin for a while after their work.
const PAUSE = 300;

/** Times both sweeps and training against Foolbox, PyTorch and JAX; the ratio is the median of the rounds' own. */
export async function peers(bench: Workbench): Promise<Rows> {
  const { options, images } = bench;
  const trainingSteps = options.quick ? 20 : 200;
  const others = await startPeers(options.python!, [
    ...['--indices', JSON.stringify(images.indices), '--grid', JSON.stringify(GRID)],
    ...['--steps', `${steps}`, '--training-steps', `${trainingSteps}`, '--threads', `${options.workers}`],
  ]);
  try {
    console.log(
      `  ${Object.entries(others.versions)
        .map((entry) => entry.join(' '))
        .join(', ')}`,
    );
    const rows: Rows = {};
    const accuracies = new Map<string, number[]>();
    const ask = async (peer: string, work: string): Promise<Run> => {
      await setTimeout(PAUSE);
      const answer: Answer = await others.ask(peer, work);
      if (answer.accuracies) accuracies.set(`${peer} ${work}`, answer.accuracies);
      return answer;
    };
    const ours = (shared: boolean) => async (): Promise<Run> => {
      await setTimeout(PAUSE);
      return timed(async () => {
        for (const [work, k] of [
          ['fgsm', 1],
          ['iterative', steps],
        ] as const) {
          // Nobody's FGSM but Foolbox's takes more than one gradient.
          const predicted = await sweep(bench, { steps: k, shared: shared || k === 1 });
          accuracies.set(
            `ours ${work}`,
            predicted.map((row) => share(row, images.digits.labels)),
          );
        }
      });
    };
    const sweepers = Object.keys(others.peers);
    const both = await inTurns(
      {
        ours: ours(true),
        'ours, first gradient not shared': ours(false),
        ...Object.fromEntries(
          sweepers.map((peer) => [
            peer,
            async () => sum(await ask(peer, 'fgsm'), await ask(peer, 'iterative')),
          ]),
        ),
      },
      options,
    );
    report(rows, 'both sweeps', both, 'ours');
    console.log(`  largest difference of an accuracy from ours: ${largestDifference(accuracies).toFixed(4)}`);

    const train = await trainer(trainingSteps);
    const batchSize = reportOptions.training.batchSize;
    const parties = Math.min(options.workers, reportOptions.training.shards);
    const training = await inTurns(
      {
        ours: async () => {
          await setTimeout(PAUSE);
          const run = await train(bench.pool(options.workers), parties);
          return { ...run, seconds: (run.seconds * trainingSteps) / (trainingSteps - 1) };
        },
        ...Object.fromEntries(
          sweepers
            .filter((peer) => others.peers[peer]!.includes('training'))
            .map((peer) => [peer, () => ask(peer, 'training')]),
        ),
      },
      options,
    );
    report(rows, 'training', training, 'ours', trainingSteps * batchSize);
    return rows;
  } finally {
    others.end();
  }
}

function report(rows: Rows, what: string, times: Record<string, Times>, own: string, count?: number): void {
  for (const [name, one] of Object.entries(times)) {
    const timesOurs = ratio(one, times[own]!);
    rows[`${what}, ${name}`] = one;
    rows[`${what}, ${name}: times ours`] = timesOurs;
    const rate = count === undefined ? '' : `${(count / one.median).toFixed(0)} images/s, `;
    printTimes(`${what}, ${name}`, one, `${rate}${timesOurs.toFixed(2)} times ours`);
  }
}

const sum = (a: Run, b: Run): Run => ({
  seconds: a.seconds + b.seconds,
  processorSeconds: a.processorSeconds + b.processorSeconds,
});

function share(predicted: string, labels: Uint8Array): number {
  let correct = 0;
  for (let i = 0; i < labels.length; i++) if (Number(predicted[i]) === labels[i]) correct++;
  return correct / labels.length;
}

function largestDifference(accuracies: ReadonlyMap<string, number[]>): number {
  const differences = [...accuracies].flatMap(([name, values]) => {
    const own = accuracies.get(`ours ${name.split(' ').at(-1)!}`)!;
    return values.map((value, i) => Math.abs(value - own[i]!));
  });
  return timesOf(differences).max;
}
