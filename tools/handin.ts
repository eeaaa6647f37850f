// Makes all that is handed in: `npm run handin`. Computes; with a Python runs problem1.py in an environment of its own and
// prints the answers; archives everything; and builds the pages, which then link it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments } from '../src/compute/build/commands/arguments.ts';
import { runCommand } from '../src/compute/build/commands/runCommand.ts';
import { handInBundle } from '../handin/bundle.ts';
import { printReport } from '../handin/printReport.ts';
import { answerInPython, preparePython } from '../handin/python.ts';
import { writeHandIn } from '../handin/writeHandIn.ts';
import { zip } from '../handin/zip.ts';
import { buildInfo } from '../src/site/site.config.ts';
import { run } from '../src/compute/build/run.ts';
import { ARCHIVE, HAND_IN_FOLDER, REPORT_PDF } from '../src/report/handInFiles.ts';

await runCommand(async (signal) => {
  const usage = 'Usage: npm run handin';
  if (!readArguments(process.argv.slice(2), { options: {}, usage }, () => true)) return 0;
  /** Runs a script with this Node. Throws if it fails; it has said why. */
  const script = async (options: string[], step = 'complete') => {
    if (!(await run(process.execPath, options, { signal, env: { HAND_IN: step } })))
      throw new Error(`${options.join(' ')} failed: see above`);
  };
  await script(['src/compute/build/commands/compute.ts']);
  // What is handed in and the pages beside it are of the same results.
  const pages = ['tools/astro.ts', 'build', '--results', buildInfo().hash];
  let files: Record<string, Uint8Array> = await handInBundle();
  const python = await preparePython({ say: console.log, signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    console.log(`The bundle gets no pictures, notebook and printed report: ${(error as Error).message}.`);
    return undefined;
  });
  if (python !== undefined) {
    console.log('Running problem1.py, which takes a minute or two.');
    files = { ...files, ...(await answerInPython(python, files, signal)) };
    await writeHandIn(files);
    const outDir = await mkdtemp(join(tmpdir(), 'handin-'));
    try {
      await script([...pages, '--outDir', join(outDir, 'site')], 'print');
      files[REPORT_PDF] = await printReport(join(outDir, 'site'));
    } finally {
      await rm(outDir, { recursive: true });
    }
  }
  const folder = ARCHIVE.replace('.zip', '');
  files[ARCHIVE] = zip(
    Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content])),
  );
  await writeHandIn(files);
  await script(pages);
  for (const name of [REPORT_PDF, ARCHIVE].filter((name) => name in files)) {
    console.log(`dist/${HAND_IN_FOLDER}/${name}: ${files[name]!.length} bytes`);
  }
  return 0;
});
