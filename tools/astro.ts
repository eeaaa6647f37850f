// Runs an Astro command with its telemetry off, on every system alike: `node tools/astro.ts build [options]`.
// `dev` computes first if no results are there yet. Neither `build` nor `dev` renders results that are not of one piece,
// and `build` publishes pages that are complete, or none. All of it is one process: a signal ends it as it should.
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { acquireBuildLock, workFolder } from '../src/compute/build/buildLock.ts';
import { checkResults } from '../src/compute/build/manifest.ts';
import { project } from '../src/compute/build/sources.ts';
import { resultsRoot } from '../src/compute/results/root.ts';
import { buildInfo } from '../src/site/site.config.ts';
import { outFolder, replaceFolder } from './replaceFolder.ts';

const results = join(project, resultsRoot);

/** Builds the pages into the folder of `--outDir`, dist/ without it; of the results with the hash `--results`, or of those there are. */
async function build(args: string[]): Promise<void> {
  const options = { outDir: { type: 'string', default: 'dist' }, results: { type: 'string' } } as const;
  const { outDir, results: expected } = parseArgs({ args, options }).values;
  const target = await outFolder(outDir, project);
  const name = relative(project, target);
  const waitFor = (what: string) => (holder: string) =>
    console.log(`Waiting for another build of ${what} to end (${holder}).`);
  // Pages that are rendered while their results change would mix two sets.
  const release = await acquireBuildLock(await workFolder(results), { onWait: waitFor('the results') });
  try {
    await checkResults(results);
    const { hash } = buildInfo();
    if (expected !== undefined && hash !== expected)
      throw new Error(
        `The results are of build ${hash} by now, not ${expected}: another build wrote them meanwhile; run the command again.`,
      );
    await replaceFolder(target, (folder) => renderPages(folder, name), waitFor(name));
  } finally {
    release();
  }
  console.log(`Pages: ${target}`);
}

async function renderPages(folder: string, name: string): Promise<void> {
  const astro = await import('astro');
  try {
    await astro.build({ root: project, outDir: folder });
  } catch (error) {
    console.error(error);
    throw new Error(`The pages were not built, and ${name} is as it was: see the error above.`, {
      cause: error,
    });
  }
}

async function prepareResults(): Promise<void> {
  if (!existsSync(join(results, 'results'))) {
    console.log('No results in public/results yet: computing them first, which takes a few minutes.');
    const { compute } = await import('../src/compute/build/compute.ts');
    const { createReporter } = await import('../src/compute/build/progress.ts');
    await compute({ onEvent: createReporter(process.stdout) });
  }
  await checkResults(results);
}

/** Hands the arguments to Astro's own command, which ends this process when it is done. */
async function runAstro(command: string, options: string[]): Promise<void> {
  const script = join(dirname(fileURLToPath(import.meta.resolve('astro/package.json'))), 'bin', 'astro.mjs');
  process.argv = [process.execPath, script, command, ...options];
  await import(script);
}

// A package of the bibliography's still asks for Node's own punycode: nothing that a reader could mend.
const emitWarning = process.emitWarning.bind(process);
process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
  if (!rest.includes('DEP0040')) (emitWarning as (...all: unknown[]) => void)(warning, ...rest);
};
process.env.ASTRO_TELEMETRY_DISABLED = '1';
process.chdir(project);
const [command = '', ...options] = process.argv.slice(2);
// A server that is ended by Ctrl-C has done its work; a build has not.
const interrupted = command === 'build' ? 130 : 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => process.exit(interrupted));
try {
  if (command === 'dev') await prepareResults();
  if (command === 'build') await build(options);
  else await runAstro(command, options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
