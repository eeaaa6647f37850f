// Runs an Astro command with its telemetry off, on every system alike: `node tools/astro.ts build [options]`.
// `dev` computes first if no results are there yet. Neither `build` nor `dev` renders results that are not of one piece,
// and `build` publishes pages that are complete, or none.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkResults } from '../src/compute/build/manifest.ts';
import { outFolder, replaceFolder } from './replaceFolder.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const astro = join(dirname(fileURLToPath(import.meta.resolve('astro/package.json'))), 'bin', 'astro.mjs');

/** Runs a script with this Node in the project's root; its exit code. */
function run(script: string, options: string[]): number {
  const { status, signal, error } = spawnSync(process.execPath, [script, ...options], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  if (error) throw error;
  return status ?? (signal === 'SIGINT' ? 0 : 1);
}

/** Builds the pages into the folder of `--outDir`, dist/ without it. */
async function build(args: string[]): Promise<void> {
  const { outDir } = parseArgs({ args, options: { outDir: { type: 'string', default: 'dist' } } }).values;
  const target = await outFolder(outDir, root);
  const name = relative(root, target);
  await replaceFolder(
    target,
    (folder) => {
      const status = run(astro, ['build', '--outDir', folder]);
      if (status !== 0)
        throw new Error(
          `The pages were not built, and ${name} is as it was: see the error above, then run it again.`,
        );
    },
    (holder) => console.log(`Waiting for another build of ${name} to end (${holder}).`),
  );
  console.log(`Pages: ${target}`);
}

async function main([command = '', ...options]: string[]): Promise<number> {
  if (command === 'dev' && !existsSync(join(root, 'public', 'results'))) {
    console.log('No results in public/results yet: computing them first, which takes a few minutes.');
    const status = run(join(root, 'src', 'compute', 'build', 'commands', 'compute.ts'), []);
    if (status !== 0) return status;
  }
  if (command === 'build' || command === 'dev') await checkResults(join(root, 'public'));
  if (command !== 'build') return run(astro, [command, ...options]);
  await build(options);
  return 0;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
