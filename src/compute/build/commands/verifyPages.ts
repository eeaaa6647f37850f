// Two builds of the pages from the same results must give the same bytes, whatever the language and the time zone.
import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { digestsUnder } from '../files.ts';
import { project } from '../sources.ts';

const environments = [
  { TZ: 'UTC', LC_ALL: 'C' },
  { TZ: 'Pacific/Chatham', LC_ALL: 'tr_TR.UTF-8' },
];

/** How many files two builds of the pages have, and those that differ. Throws if a build fails, with what it complained of. */
export async function verifyPages(signal: AbortSignal): Promise<{ files: number; different: string[] }> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'verify-pages-')));
  try {
    const builds: Record<string, string>[] = [];
    for (const [i, environment] of environments.entries()) {
      const out = join(folder, String(i));
      const command = [join(project, 'tools/astro.ts'), 'build', '--outDir', out];
      const env = { ...process.env, ...environment };
      await promisify(execFile)(process.execPath, command, { env, signal, maxBuffer: Infinity });
      builds.push(await digestsUnder(out));
    }
    const [first, second] = builds as [Record<string, string>, Record<string, string>];
    const paths = [...new Set([...Object.keys(first), ...Object.keys(second)])].sort();
    return { files: paths.length, different: paths.filter((path) => first[path] !== second[path]) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
