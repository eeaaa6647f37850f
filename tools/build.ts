// npm run build: the results and the pages, of the report's own network or of one in a file.
import '../src/compute/build/sources.ts';
import { cp, mkdir, readdir } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { runCommand } from '../src/compute/build/commands/runCommand.ts';
import { networkFiles } from '../src/compute/build/networkFiles.ts';
import { project } from '../src/compute/build/sources.ts';
import { inputUnitNames } from '../src/compute/networks/import/inputUnits.ts';
import { outFolder } from './replaceFolder.ts';

const usage = `Usage: npm run build -- [options]

  --network FILE   a report about the network in this file instead: .onnx, a tfjs model.json or a zip of that
  --input UNITS    what its pixels are: ${inputUnitNames.join(', ')} (default: found out on test images)
  --out FOLDER     where that report goes, a folder of its own (default .compute/networks/NAME-HASH, of the file)
  --outDir FOLDER  where the pages of the report's own network go (default dist)
  --help           show this`;

/** What git has among the public files. */
const publicFiles = ['favicon.svg', '.nojekyll'];

/** The folder of a network's report, one for each network. */
async function reportFolder(file: string, sha256: string, out: string | undefined): Promise<string> {
  const name = basename(file)
    .replace(/\.[^.]*$/, '')
    .replace(/[^\p{L}\p{N}-]+/gu, '_');
  if (out === undefined) return join(project, '.compute', 'networks', `${name}-${sha256.slice(0, 8)}`);
  const folder = await outFolder(resolve(out), project, '--out');
  const foreign = (await readdir(folder).catch(() => [])).find(
    (entry) => !['public', 'dist', '.compute'].includes(entry),
  );
  if (foreign === undefined) return folder;
  throw new Error(
    `invalid --out: '${out}' holds ${foreign}, which is of no such report; name an empty folder`,
  );
}

/** Computes and builds the pages, in this process. */
async function build(
  options: { network?: string; input?: string; out?: string; outDir?: string },
  signal: AbortSignal,
) {
  const { network: file, input, out } = options;
  if (file === undefined && (input ?? out) !== undefined)
    throw new Error(`--input and --out go with --network\n\n${usage}`);
  const { computeArguments, oneOf } = await import('../src/compute/build/commands/arguments.ts');
  const units = input === undefined ? undefined : oneOf('--input', input, inputUnitNames);
  const network = file === undefined ? undefined : { ...(await networkFiles(file)), units };
  const folder = file === undefined ? project : await reportFolder(file, network!.sha256, out);
  const root = join(folder, 'public');
  // Read by modules as they are loaded: from here on they are.
  if (network) process.env.RESULTS_ROOT = relative(project, root);
  const { compute } = await import('../src/compute/build/compute.ts');
  const { createReporter } = await import('../src/compute/build/progress.ts');
  const { irreproducible, summary } = await import('../src/compute/build/summary.ts');
  const own = network && { network, root };
  const report = await compute({
    ...computeArguments([]),
    ...own,
    signal,
    onEvent: createReporter(process.stdout),
  });
  console.log(summary(report).join('\n'));
  if (irreproducible(report)) return 1;
  if (network) {
    await mkdir(root, { recursive: true });
    for (const name of publicFiles)
      await cp(join(project, 'public', name), join(root, name), { force: false });
  }
  const target = options.outDir ?? (network ? join(folder, 'dist') : 'dist');
  const { buildInfo } = await import('../src/site/site.config.ts');
  const results = ['--results', buildInfo({ root }).hash];
  process.argv = [process.execPath, join(project, 'tools/astro.ts'), 'build', '--outDir', target, ...results];
  await import('./astro.ts');
  return Number(process.exitCode ?? 0);
}

await runCommand(async (signal) => {
  const { readArguments } = await import('../src/compute/build/commands/arguments.ts');
  const text = { type: 'string' } as const;
  const options = { network: text, input: text, out: text, outDir: text } as const;
  const chosen = readArguments(process.argv.slice(2), { options, usage }, (values) => values);
  return chosen ? build(chosen, signal) : 0;
});
