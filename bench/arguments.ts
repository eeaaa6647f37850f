// The arguments of `npm run bench`, and the parts that there are.
import { backendOf, readArguments, workersOf } from '../src/compute/build/commands/arguments.ts';
import { defaultThreads } from '../src/compute/build/workerPool.ts';

// In the order in which they run.
const parts = ['kernels', 'network', 'sweeps', 'growth', 'commands', 'peers'];

const usage = `Usage: npm run bench -- [options]

  --only PART       ${parts.join(', ')} (may be repeated; default: all, peers only with --peers)
  --peers PYTHON    also Foolbox, PyTorch and JAX, in turns with our own work, in that Python, which has the packages of
                    bench/peers/requirements.txt; and with --backend wasm our own code on TensorFlow, where one of its
                    packages is installed
  --runs N          runs of each piece of work, one more before them as a warm-up (default 5)
  --quiet           count only runs during which other processes took less than a tenth of the machine
  --workers N       number of worker threads (default: one for each core, at most four)
  --backend NAME    as for npm run compute
  --help            show this`;

const options = {
  only: { type: 'string', multiple: true },
  peers: { type: 'string' },
  runs: { type: 'string', default: '5' },
  quiet: { type: 'boolean', default: false },
  workers: { type: 'string', default: String(defaultThreads()) },
  backend: { type: 'string' },
} as const;

/** Choices of a run. */
export type BenchOptions = NonNullable<ReturnType<typeof benchArguments>>;

/** Reads the command's arguments. Throws on what it does not understand, with the usage. */
export function benchArguments(args: readonly string[]) {
  return readArguments(args, { options, usage }, (values) => {
    const { quiet, peers: python } = values;
    const chosen = values.only ?? parts.filter((name) => name !== 'peers' || python !== undefined);
    return {
      quiet,
      python,
      only: partsOf(chosen, parts),
      runs: countOf('--runs', values.runs),
      workers: workersOf(values.workers),
      backend: backendOf(values.backend, process.env),
    };
  });
}

/** The parts of an argument, in the order of all. Throws on one that there is not. */
export function partsOf(chosen: readonly string[], all: readonly string[]): string[] {
  const unknown = chosen.find((name) => !all.includes(name));
  if (unknown === undefined) return all.filter((name) => chosen.includes(name));
  throw new Error(`invalid --only: '${unknown}', expected one of ${all.join(', ')}`);
}

/** The number that an argument is. Throws unless it is a whole one from 1. */
export function countOf(name: string, argument: string): number {
  if (/^[1-9]\d*$/.test(argument)) return Number(argument);
  throw new Error(`invalid ${name}: '${argument}', expected a whole number from 1`);
}
