import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A new folder for all tests of the file, with a space and other than ASCII letters in its path. */
export async function permanentFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'Fehler ε 数 ')));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
