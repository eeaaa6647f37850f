import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareWithin } from './verify.ts';
import { temporaryFolder, writeFiles } from './testing/temporaryFolder.ts';

const rows = Array.from({ length: 999 }, (_, i) => i / 999);
const result = { provenance: { backend: 'wasm' }, predicted: '7210414959', rows };

async function compare(one: string, other: string, path = 'results/a.json') {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries({ one, other }))
    await writeFiles(join(folder, name), { [path]: content });
  const { close, what } = await compareWithin(path, [join(folder, 'one'), join(folder, 'other')]);
  return { close, what };
}

const changed = (change: object): string => JSON.stringify({ ...result, ...change });
const text = JSON.stringify(result);

describe('compareWithin(path, roots)', () => {
  test('finds equal files equal, and other than JSON close only if they are', async () => {
    expect(await compare(text, text)).toEqual({ close: true, what: 'equal' });
    expect(await compare('abc', 'abd', 'weights.bin')).toEqual({ close: false, what: 'its bytes differ' });
  });

  test('allows other provenance, small differences, and large ones in 0.3 % of the values', async () => {
    const shifted = rows.map((value) => value + 9e-4);
    expect(await compare(text, changed({ provenance: { backend: 'gpu' }, rows: shifted }))).toEqual({
      close: true,
      what: '0 of 1009 values differ by more than 0.001',
    });
    const wild = (count: number): number[] => rows.map((value, i) => (i < count ? value + 1 : value));
    expect((await compare(text, changed({ rows: wild(3) }))).close).toBe(true);
    expect((await compare(text, changed({ rows: wild(4) }))).close).toBe(false);
    expect((await compare(text, changed({ rows: rows.slice(1) }))).close).toBe(false);
  });

  test('counts each digit of a prediction', async () => {
    expect(await compare(text, changed({ predicted: '7210414888' }))).toMatchObject({
      what: '3 of 1009 values differ by more than 0.001',
    });
  });
});
