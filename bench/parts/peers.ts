// Our work and the peers' in turns: the same weights, images and grid, one piece at a time.
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { backendPackages, findPackage } from '../../src/compute/backend/packages.ts';
import { project } from '../../src/compute/build/stageKey.ts';
import { mnistFolder } from '../../src/compute/data/mnist.ts';
import { modelPaths } from '../../src/compute/results/files.ts';
import { reportOptions } from '../../src/compute/options.ts';
import { inTurns, ratio, timed, timesOf, type Times, type Run } from '../measure.ts';
import { startPeers, type Answer, type Peers } from '../startPeers.ts';
import { printTimes, type Rows, type Workbench } from '../workbench.ts';
import { trainer, trainingSteps } from './network.ts';
import { accuracies, GRID, sweep } from './sweeps.ts';

const { steps } = reportOptions.sweep;

// Threads of the libraries spin for a while after their work.
const PAUSE = 300;

/**
 * Times both sweeps and training against Foolbox, PyTorch and JAX, and against the same code on TensorFlow where one of tfjs's
 * bindings is installed; the ratio is the median of the rounds' own.
 */
export async function peers(bench: Workbench): Promise<Rows> {
  const { options, images } = bench;
  const processes = await startAll(bench);
  try {
    const versions = processes.flatMap((one) => Object.entries(one.versions));
    console.log(`  ${versions.map((entry) => entry.join(' ')).join(', ')}`);
    const rows: Rows = {};
    const found = new Map<string, number[]>();
    const ask = async (peer: string, work: string): Promise<Run> => {
      await setTimeout(PAUSE);
      const { ask: askProcess } = processes.find((one) => peer in one.peers)!;
      const answer: Answer = await askProcess(peer, work);
      if (answer.accuracies) found.set(`${peer} ${work}`, answer.accuracies);
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
          found.set(`ours ${work}`, accuracies(predicted, images.digits.labels));
        }
      });
    };
    const kinds = Object.assign({}, ...processes.map((one) => one.peers)) as Peers['peers'];
    const sweepers = Object.keys(kinds);
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
    console.log(`  largest difference of an accuracy from ours: ${largestDifference(found).toFixed(4)}`);

    const count = trainingSteps(options);
    const train = await trainer(count);
    const batchSize = reportOptions.training.batchSize;
    const workers = Math.min(options.workers, reportOptions.training.shards);
    const training = await inTurns(
      {
        ours: async () => {
          await setTimeout(PAUSE);
          return train(bench.pool(options.workers), workers);
        },
        ...Object.fromEntries(
          sweepers
            .filter((peer) => kinds[peer]!.includes('training'))
            .map((peer) => [peer, () => ask(peer, 'training')]),
        ),
      },
      options,
    );
    report(rows, 'training', training, 'ours', count * batchSize);
    return rows;
  } finally {
    for (const { end } of processes) end();
  }
}

/** Starts the peers that there are. Throws if there are none, with what they need. */
async function startAll({ options, images, backend }: Workbench): Promise<Peers[]> {
  const script = (name: string) => fileURLToPath(new URL(`../peers/${name}`, import.meta.url));
  const processes: Promise<Peers>[] = [];
  if (options.python !== undefined) {
    const given = {
      model: join(project, 'public', dirname(modelPaths.json)),
      data: mnistFolder(),
      indices: images.indices,
      grid: GRID,
      steps,
      trainingSteps: trainingSteps(options),
      threads: options.workers,
    };
    processes.push(startPeers(options.python, [script('peers.py'), JSON.stringify(given)]));
  }
  const binding = (['tensorflow', 'gpu'] as const).find((name) => findPackage(backendPackages[name]));
  if (binding && backend.name === 'wasm') {
    const quick = options.quick ? ['--quick'] : [];
    processes.push(startPeers(process.execPath, [script('tensorflow.ts'), '--backend', binding, ...quick]));
  }
  if (processes.length === 0) {
    throw new Error(
      'the peers need --peers PYTHON, a Python with the packages of bench/peers/requirements.txt, ' +
        `or with --backend wasm one of the packages ${Object.values(backendPackages).join(', ')}`,
    );
  }
  return Promise.all(processes);
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

function largestDifference(accuracies: ReadonlyMap<string, number[]>): number {
  const differences = [...accuracies].flatMap(([name, values]) => {
    const own = accuracies.get(`ours ${name.split(' ').at(-1)!}`)!;
    return values.map((value, i) => Math.abs(value - own[i]!));
  });
  return timesOf(differences).max;
}
