import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, writeAtomically } from './files.ts';
import { temporaryFolder } from './testing/temporaryFolder.ts';

test('makeFolder(path) makes what is missing, twice at once', async () => {
  const folder = join(await temporaryFolder(), 'a/b/c');
  await Promise.all([makeFolder(folder), makeFolder(folder)]);
  expect(await readdir(folder)).toEqual([]);
});

test.skipIf(!existsSync('/proc/self'))('makeFolder(path) throws where nothing can be made', async () => {
  await expect(makeFolder('/proc/self/none/results')).rejects.toThrow('ENOENT');
});

test('writeAtomically(path, text, folder) leaves nothing else, not even of a write that was killed', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'kept.json');
  for (const text of ['one', 'two']) await writeAtomically(path, text, join(folder, 'aside'));
  expect(await readFile(path, 'utf8')).toBe('two');
  expect(await readdir(folder, { recursive: true })).toEqual(['aside', 'kept.json']);
});
