// Runs an Astro command with its telemetry off, on every system alike: `node scripts/astro.ts build [options]`.
// `dev` computes first if no results are there yet. Neither `build` nor `dev` renders results that are not of one piece.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkResults } from '../src/compute/pipeline/checkResults.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const astro = join(dirname(fileURLToPath(import.meta.resolve('astro/package.json'))), 'bin', 'astro.mjs');

/** Runs a script with this Node in the project's root and ends this process if the script fails. */
function run(script: string, options: string[]): void {
  const { status, signal, error } = spawnSync(process.execPath, [script, ...options], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? (signal === 'SIGINT' ? 0 : 1));
}

const [command = '', ...options] = process.argv.slice(2);
if (command === 'dev' && !existsSync(join(root, 'public', 'results'))) {
  console.log('No results in public/results yet: computing them first, which takes a few minutes.');
  run(join(root, 'src', 'compute', 'cli', 'compute.ts'), []);
}
if (command === 'build' || command === 'dev') {
  await checkResults(join(root, 'public')).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
run(astro, [command, ...options]);
