// npm run bench: how long the report's work takes here, and next to the libraries of the field.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { benchArguments, usage, type PartName } from './arguments.ts';
import { machine } from './machine.ts';
import { commands } from './parts/commands.ts';
import { growth } from './parts/growth.ts';
import { kernels } from './parts/kernels.ts';
import { network } from './parts/network.ts';
import { peers } from './parts/peers.ts';
import { sweeps } from './parts/sweeps.ts';
import { openWorkbench, type Rows, type Workbench } from './workbench.ts';

const parts: Record<PartName, (bench: Workbench) => Promise<Rows>> = {
  kernels,
  network,
  sweeps,
  growth,
  commands,
  peers,
};

async function main(): Promise<void> {
  const options = benchArguments(process.argv.slice(2));
  if (options === 'help') {
    console.log(usage);
    return;
  }
  const described = machine();
  console.log(described.lines.join('\n'));
  const bench = await openWorkbench(options);
  console.log(`Backend: ${bench.backend.identity}, on ${bench.backend.device}`);
  const results: Record<string, Rows> = {};
  await mkdir(dirname(options.json), { recursive: true });
  for (const name of options.only) {
    console.log(`\n${name}`);
    results[name] = await parts[name](bench);
    const report = { machine: { ...described.facts, loadAfter: machine().facts.load }, options, results };
    await writeFile(options.json, `${JSON.stringify(report, undefined, 1)}\n`);
  }
  await bench.close();
  console.log(`\nLoad after: ${machine().facts.load.join(' ')}. All runs: ${options.json}`);
}

await main().catch((error: unknown) => {
  console.error((error as Error).message);
  // What was begun, such as worker threads, ends with the process.
  process.exit(1);
});
