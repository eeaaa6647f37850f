import { mkdtemp, mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new folder for the test in hand, with a space and other than ASCII letters in its path; removed afterwards. */
export async function temporaryFolder(): Promise<string> {
  const parent = await realpath(await mkdtemp(join(tmpdir(), 'pipeline-')));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const folder = join(parent, 'Zürich ε 数');
  await mkdir(folder);
  return folder;
}

/** Writes files, by path under a folder. */
export async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
