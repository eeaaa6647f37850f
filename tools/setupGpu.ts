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

/** Says what is wrong and prints what the machine has and lacks; false, for the set-up failed. */
function failed(problem: string): false {
  console.log(`\n${problem}\nWhat it needs:`);
  for (const { name: need, met, advice } of gpuRequirements(machineFacts(findPackage(name)))) {
    console.log(`  ${met ? 'found  ' : 'MISSING'}  ${need}${met ? '' : `: ${advice}`}`);
  }
  return false;
}

async function setup(signal: AbortSignal): Promise<boolean> {
  if (findPackage(name) === undefined) {
    const npm = process.env.npm_execpath;
    if (npm === undefined) throw new Error('npm is not known here; run npm run setup:gpu');
    console.log(`Installing ${name}, which downloads several hundred megabytes.`);
    // It stays an optional peer, and `npm ci` takes it away again.
    const install = [npm, ...installOptional, '--foreground-scripts', `${name}@${peerDependencies[name]!}`];
    if (!(await run(process.execPath, install, { signal })))
      return failed(`${name} could not be installed: npm says why above.`);
  }
  const backend = await startTensorflow('gpu').catch((error: unknown) => error as Error);
  if (backend instanceof Error) return failed(backend.message);
  console.log(`${backend.identity}\nTensorFlow uses: ${backend.device}\n\nConformance:`);
  const vitest = join(dirname(fileURLToPath(import.meta.resolve('vitest/package.json'))), 'vitest.mjs');
  const conformance = [vitest, 'run', '--project', 'tensorflow', 'tests/conformance/conformance.test.ts'];
  const conforms = await run(process.execPath, conformance, { signal });
  if (!backend.device.startsWith('GPU'))
    return failed('The package loads, but TensorFlow does not use a GPU.');
  if (conforms) console.log('\nReady: npm run build now trains and attacks on the GPU.');
  return conforms;
}

await runCommand(async (signal) => {
  const usage = 'Usage: npm run setup:gpu';
  const understood = readArguments(process.argv.slice(2), { options: {}, usage }, () => true);
  return !understood || (await setup(signal)) ? 0 : 1;
});
