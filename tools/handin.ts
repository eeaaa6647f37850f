// Makes all that is handed in: `npm run handin`. The build writes the bundle; the report is printed from the built
// page and put into it, with an archive of everything; a last build of the pages links both.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { completeHandIn } from '../handin/completeHandIn.ts';
import { ARCHIVE, HAND_IN_FOLDER, REPORT_PDF } from '../handin/contents.ts';
import { HAND_IN_COMPLETE } from '../handin/integration.ts';

/** Runs a script with this Node in the project's root and ends this process if the script fails. */
function run(options: string[], env: NodeJS.ProcessEnv): void {
  const { status, error } = spawnSync(process.execPath, options, {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const npm = process.env.npm_execpath;
if (npm === undefined) throw new Error('npm is not known here; run npm run handin');

run([npm, 'run', 'build'], { HAND_IN: '' });
const origin = process.env.SITE_URL ?? 'http://localhost:4321';
const base = `/${process.env.BASE_PATH ?? ''}/`.replace(/\/+/g, '/');
const { pdf, archive } = await completeHandIn({
  url: new URL(base, origin).href,
  reachable: process.env.SITE_URL !== undefined,
});
run([join('scripts', 'astro.ts'), 'build'], { HAND_IN: HAND_IN_COMPLETE });
console.log(`dist/${HAND_IN_FOLDER}/${REPORT_PDF}: ${pdf} bytes`);
console.log(`dist/${HAND_IN_FOLDER}/${ARCHIVE}: ${archive} bytes`);
