import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../src/compute/build/testing/temporaryFolder.ts';
import { runParts } from './runParts.ts';

test('runParts(parts, context, options, file) writes what the parts that are asked for have found', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const file = join(await temporaryFolder(), 'reports/speed.json');
  const part = (runs: number) => () => Promise.resolve({ runs });
  await runParts({ one: part(1), two: part(2), three: part(3) }, {}, { only: ['one', 'three'] }, file);
  const { results } = JSON.parse(await readFile(file, 'utf8')) as { results: object };
  expect(results).toEqual({ one: { runs: 1 }, three: { runs: 3 } });
});
