// The arguments of `npm run bench`, and the parts that there are.
import { join } from 'node:path';
import { backendOf, readArguments, workersOf } from '../src/compute/build/commands/arguments.ts';
import type { BackendChoice } from '../src/compute/backend/startBackend.ts';
import { project } from '../src/compute/build/stageKey.ts';
import { defaultThreads } from '../src/compute/build/workerPool.ts';

/** What can be timed, in the order in which it is. */
export const partNames = ['kernels', 'network', 'sweeps', 'growth', 'commands', 'peers'] as const;

/** Name of a part. */
export type PartName = (typeof partNames)[number];

/** Choices of a run. */
export interface BenchOptions {
  only: PartName[];
  runs: number;
  quick: boolean;
  /** Do runs again during which other processes took more than a tenth of the machine. */
  quiet: boolean;
  workers: number;
  backend: BackendChoice;
  /** A Python that has the packages of bench/peers/requirements.txt. */
  python: string | undefined;
  json: string;
}

/** How the command is used. */
export const usage = `Usage: npm run bench -- [options]

  --only PART       ${partNames.join(', ')} (may be repeated; default: all, peers only with --peers)
  --peers PYTHON    also Foolbox, PyTorch and JAX, in turns with our own work, in that Python; and with --backend wasm our
                    own code on TensorFlow, where one of its packages is installed
  --runs N          runs of each piece of work, one more before them as a warm-up (default 5)
  --quick           fewer runs of less work: shows that all runs, its times are rough
  --quiet           count only runs during which other processes took less than a tenth of the machine
  --workers N       number of worker threads (default: one for each core, at most four)
  --backend NAME    as for npm run compute
  --json FILE       where every run is written (default .cache/bench.json)
  --help            show this`;

const options = {
  only: { type: 'string', multiple: true },
  peers: { type: 'string' },
  runs: { type: 'string' },
  quick: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  workers: { type: 'string' },
  backend: { type: 'string' },
  json: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Reads the command's arguments. Throws on what it does not understand, with the usage. */
export function benchArguments(args: readonly string[]): BenchOptions | 'help' {
  return readArguments(args, { options, usage }, (values) => {
    if (values.help) return 'help';
    const { quick, quiet, peers: python } = values;
    const unknown = values.only?.find((name) => !partNames.includes(name as PartName));
    if (unknown !== undefined)
      throw new Error(`invalid --only: '${unknown}', expected one of ${partNames.join(', ')}`);
    const chosen = values.only ?? partNames.filter((name) => name !== 'peers' || python !== undefined);
    return {
      ...{ quick, quiet, python, only: partNames.filter((name) => chosen.includes(name)) },
      runs: values.runs === undefined ? (quick ? 1 : 5) : countOf('--runs', values.runs),
      workers: values.workers === undefined ? defaultThreads() : workersOf(values.workers),
      backend: backendOf(values.backend, process.env),
      json: values.json ?? join(project, '.cache', 'bench.json'),
    };
  });
}

/** The number that an argument is. Throws unless it is a whole one from 1. */
export function countOf(name: string, argument: string): number {
  if (/^[1-9]\d*$/.test(argument)) return Number(argument);
  throw new Error(`invalid ${name}: '${argument}', expected a whole number from 1`);
}
