import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../src/compute/build/testing/temporaryFolder.ts';
import { runParts } from './runParts.ts';

test('runParts(parts, context, { file }) overwrites a report of its own, and no other file', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const file = join(await temporaryFolder(), 'reports/speed.json');
  let runs = 0;
  const run = () => runParts({ one: () => Promise.resolve({ runs: ++runs }) }, {}, { only: ['one'], file });
  for (const times of [1, 2]) {
    await run();
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ results: { one: { runs: times } } });
  }
  await writeFile(file, '# Notes');
  await expect(run()).rejects.toThrow(`${file} is not a report of a bench; move it away`);
  expect([runs, await readFile(file, 'utf8')]).toEqual([2, '# Notes']);
});
