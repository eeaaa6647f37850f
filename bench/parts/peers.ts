// Our work and the peers' in turns: the same weights, images and grid, one piece at a time. The peers' processes are asked and
// answer in lines of JSON.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { backendPackages, findPackage } from '../../src/compute/backend/backends.ts';
import { project } from '../../src/compute/build/sources.ts';
import { mnistFolder } from '../../src/compute/data/mnist.ts';
import { reportOptions } from '../../src/compute/options.ts';
import { modelPaths } from '../../src/compute/results/files.ts';
import { compare, ratio, type Run } from '../measure.ts';
import type { Rows } from '../runParts.ts';
import { bothSweeps, grid, train, TRAINING_STEPS, type Workbench } from '../workbench.ts';

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

/** What a peer answers: how long it took, and the accuracies that came out of the sweeps. */
export interface Answer extends Run {
  value?: number[];
}

/** What a process of peers says first: the kinds of work that each peer can do, and versions. */
export interface Hello {
  peers: Record<string, string[]>;
  versions: Record<string, string>;
}

/** Peers that wait to be asked. */
interface Peers extends Hello {
  ask: (peer: string, work: string) => Promise<Answer>;
  end: () => void;
}

/** Starts the peers that there are. Throws if there are none, with what they need. */
async function startPeers({ options, images, backend }: Workbench): Promise<Peers> {
  const script = (name: string) => fileURLToPath(new URL(`../peers/${name}`, import.meta.url));
  const commands: string[][] = [];
  if (options.python !== undefined) {
    const given = {
      model: join(project, 'public', dirname(modelPaths.json)),
      data: mnistFolder(),
      indices: images.indices,
      grid,
      steps: reportOptions.sweep.steps,
      trainingSteps: TRAINING_STEPS,
      threads: options.workers,
    };
    commands.push([options.python, script('peers.py'), JSON.stringify(given)]);
  }
  const binding = (['tensorflow', 'gpu'] as const).find((name) => findPackage(backendPackages[name]));
  if (binding && backend.name === 'wasm') {
    commands.push([
      process.execPath,
      script('tensorflow.ts'),
      JSON.stringify({ ...options, backend: binding }),
    ]);
  }
  if (commands.length === 0) {
    throw new Error(
      'the peers need --peers PYTHON, a Python with the packages of bench/peers/requirements.txt, ' +
        `or with --backend wasm one of the packages ${Object.values(backendPackages).join(', ')}`,
    );
  }
  const processes = await Promise.all(commands.map(startProcess));
  return {
    peers: Object.assign({}, ...processes.map(({ peers }) => peers)) as Hello['peers'],
    versions: Object.assign({}, ...processes.map(({ versions }) => versions)) as Hello['versions'],
    ask: (peer, work) => processes.find(({ peers }) => peer in peers)!.ask(peer, work),
    end: () => processes.forEach(({ end }) => end()),
  };
}

/** Starts a process of peers. What fails later throws its exit code; what it complains of goes to the terminal. */
async function startProcess([command, ...args]: readonly string[]): Promise<Peers> {
  const child = spawn(command!, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (cause) => reject(new Error(`${command} cannot be started`, { cause })));
    child.once('exit', (code) => reject(new Error(`the peers' process ended with exit code ${code}`)));
  });
  failed.catch(() => undefined);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const line = await Promise.race([lines.next(), failed]);
    return JSON.parse(String(line.value)) as unknown;
  };
  const hello = (await next()) as Hello;
  return {
    ...hello,
    ask: async (peer, work) => {
      child.stdin.write(`${JSON.stringify({ peer, work })}\n`);
      return (await next()) as Answer;
    },
    end: () => child.stdin.end(),
  };
}
