// npm run bench: how long the report's work takes here, and next to the libraries of the field.
import { backendOf, oneOf, readArguments, workersOf } from '../src/compute/build/commands/arguments.ts';
import { runCommand } from '../src/compute/build/commands/runCommand.ts';
import { defaultThreads } from '../src/compute/build/workerPool.ts';
import { commands } from './parts/commands.ts';
import { kernels } from './parts/kernels.ts';
import { network } from './parts/network.ts';
import { peers } from './parts/peers.ts';
import { growth, sweeps } from './parts/sweeps.ts';
import { countOf, runParts } from './runParts.ts';
import { openWorkbench } from './workbench.ts';

const parts = { kernels, network, sweeps, growth, commands, peers };
const names = Object.keys(parts);

const usage = `Usage: npm run bench -- [options]

  --only PART       ${names.join(', ')} (may be repeated; default: all, peers only with --peers)
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

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), { options, usage }, (values) => ({
    quiet: values.quiet,
    python: values.peers,
    only: (values.only ?? names.filter((name) => name !== 'peers' || values.peers !== undefined)).map(
      (name) => oneOf('--only', name, names),
    ),
    runs: countOf('--runs', values.runs),
    workers: workersOf(values.workers),
    backend: backendOf(values.backend, process.env),
  }));
  if (!given) return 0;
  const bench = await openWorkbench(given);
  console.log(`Backend: ${bench.backend.identity}, on ${bench.backend.device}`);
  await runParts(parts, bench, given, '.cache/bench.json');
  return 0;
});
