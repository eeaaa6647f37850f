// Makes all that is handed in: `npm run handin`. Computes; with a Python runs problem1.py in an environment of its own and
// prints the answers; archives everything; and builds the pages, which then link it.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArguments } from '../src/compute/build/commands/arguments.ts';
import { runCommand } from '../src/compute/build/commands/runCommand.ts';
import { handInBundle } from '../handin/bundle.ts';
import { printReport } from '../handin/printReport.ts';
import { answerInPython, preparePython } from '../handin/python.ts';
import { writeHandIn } from '../handin/writeHandIn.ts';
import { zip } from '../handin/zip.ts';
import { ARCHIVE, HAND_IN_FOLDER, REPORT_PDF } from '../src/report/handInFiles.ts';

/** Runs a script with this Node in the project's root. Throws if it fails; it has said why. */
function run(options: string[], step: 'print' | 'complete'): void {
  const { status, error } = spawnSync(process.execPath, options, {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
    env: { ...process.env, HAND_IN: step },
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${options.join(' ')} failed: see above`);
}

await runCommand(async () => {
  const usage = 'Usage: npm run handin';
  if (!readArguments(process.argv.slice(2), { options: {}, usage }, () => true)) return 0;
  const npm = process.env.npm_execpath;
  if (npm === undefined) throw new Error('npm is not known here; run npm run handin');
  const pages = [join('tools', 'astro.ts'), 'build'];

  run([npm, 'run', 'compute'], 'complete');
  let files: Record<string, Uint8Array> = await handInBundle();
  const python = await preparePython(console.log).catch((error: unknown) => {
    console.log(`The bundle gets no pictures, notebook and printed report: ${(error as Error).message}.`);
    return undefined;
  });
  if (python !== undefined) {
    console.log('Running problem1.py, which takes a minute or two.');
    files = { ...files, ...(await answerInPython(python, files)) };
    await writeHandIn(files);
    const outDir = await mkdtemp(join(tmpdir(), 'handin-'));
    try {
      run([...pages, '--outDir', join(outDir, 'site')], 'print');
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
  run(pages, 'complete');
  for (const name of [REPORT_PDF, ARCHIVE].filter((name) => name in files)) {
    console.log(`dist/${HAND_IN_FOLDER}/${name}: ${files[name]!.length} bytes`);
  }
  return 0;
});
