// npm run setup:gpu: installs the GPU package, loads it, runs the conformance tests through it, and prints the device
// that TensorFlow reports, or what is missing.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gpuRequirements, machineFacts } from '../src/compute/backend/gpuRequirements.ts';
import { findPackage, installOptional } from '../src/compute/backend/backends.ts';
import { startTensorflow } from '../src/compute/backend/startTensorflow.ts';
import { readArguments } from '../src/compute/build/commands/arguments.ts';
import { runCommand } from '../src/compute/build/commands/runCommand.ts';
import { project } from '../src/compute/build/sources.ts';
import { run } from '../src/compute/build/run.ts';

const name = '@tensorflow/tfjs-node-gpu';
const { peerDependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
  peerDependencies: Record<string, string>;
};

/** Prints what the machine lacks; nothing if it lacks nothing. */
function printMissing(): void {
  for (const { name: need, met, advice } of gpuRequirements(machineFacts(findPackage(name)))) {
    console.log(`  ${met ? 'found  ' : 'MISSING'}  ${need}${met ? '' : `: ${advice}`}`);
  }
}

async function setup(signal: AbortSignal): Promise<boolean> {
  if (findPackage(name) === undefined) {
    const npm = process.env.npm_execpath;
    if (npm === undefined) throw new Error('npm is not known here; run npm run setup:gpu');
    console.log(`Installing ${name}, which downloads several hundred megabytes.`);
    // It stays an optional peer, and `npm ci` takes it away again.
    const install = [npm, ...installOptional, '--foreground-scripts', `${name}@${peerDependencies[name]!}`];
    const installed = await run(process.execPath, install, { signal });
    if (!installed) {
      console.log(`\n${name} could not be installed: npm says why above. What it needs:`);
      printMissing();
      return false;
    }
  }
  let device: string;
  try {
    const backend = await startTensorflow('gpu');
    ({ device } = backend);
    console.log(`${backend.identity}\nTensorFlow uses: ${device}`);
  } catch (error) {
    console.log(`${(error as Error).message}\n\nWhat it needs:`);
    printMissing();
    return false;
  }
  console.log('\nConformance:');
  const vitest = join(dirname(fileURLToPath(import.meta.resolve('vitest/package.json'))), 'vitest.mjs');
  const conformance = [vitest, 'run', '--project', 'tensorflow', 'tests/conformance/conformance.test.ts'];
  const conforms = await run(process.execPath, conformance, { signal });
  if (device.startsWith('GPU')) {
    if (conforms) console.log('\nReady: npm run build now trains and attacks on the GPU.');
    return conforms;
  }
  console.log('\nThe package loads, but TensorFlow does not use a GPU. What it needs:');
  printMissing();
  return false;
}

await runCommand(async (signal) => {
  const usage = 'Usage: npm run setup:gpu';
  const understood = readArguments(process.argv.slice(2), { options: {}, usage }, () => true);
  return !understood || (await setup(signal)) ? 0 : 1;
});
