// Processes that do the peers' work, asked and answered in lines of JSON.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { backendPackages, findPackage } from '../src/compute/backend/backends.ts';
import { project } from '../src/compute/build/sources.ts';
import { mnistFolder } from '../src/compute/data/mnist.ts';
import { reportOptions } from '../src/compute/options.ts';
import { modelPaths } from '../src/compute/results/files.ts';
import type { Run } from './measure.ts';
import { grid, TRAINING_STEPS } from './work.ts';
import type { Workbench } from './workbench.ts';

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
export async function startPeers({ options, images, backend }: Workbench): Promise<Peers> {
  const script = (name: string) => fileURLToPath(new URL(`peers/${name}`, import.meta.url));
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
    commands.push([process.execPath, script('tensorflow.ts'), '--backend', binding]);
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
