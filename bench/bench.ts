// npm run bench: how long the report's work takes here, and next to the libraries of the field.
import { runCommand } from '../src/compute/build/commands/runCommand.ts';
import { benchArguments } from './arguments.ts';
import { commands } from './parts/commands.ts';
import { growth } from './parts/growth.ts';
import { kernels } from './parts/kernels.ts';
import { network } from './parts/network.ts';
import { peers } from './parts/peers.ts';
import { sweeps } from './parts/sweeps.ts';
import { runParts } from './runParts.ts';
import { openWorkbench } from './workbench.ts';

await runCommand(async () => {
  const options = benchArguments(process.argv.slice(2));
  if (!options) return 0;
  const bench = await openWorkbench(options);
  console.log(`Backend: ${bench.backend.identity}, on ${bench.backend.device}`);
  await runParts({ kernels, network, sweeps, growth, commands, peers }, bench, options, '.cache/bench.json');
  return 0;
});
