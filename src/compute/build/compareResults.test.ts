import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareFile, type FileComparison } from './compareResults.ts';
import { temporaryFolder, writeFiles } from './testing/temporaryFolder.ts';

const rows = Array.from({ length: 999 }, (_, i) => i / 999);
const result = { provenance: { backend: 'wasm' }, predicted: '7210414959', rows };

async function compare(
  one: string | undefined,
  other: string | undefined,
  tolerant = false,
  path = 'results/a.json',
) {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries({ one, other })) {
    if (text !== undefined) await writeFiles(join(folder, name), { [path]: text });
  }
  const { state, what } = await compareFile(path, [join(folder, 'one'), join(folder, 'other')], { tolerant });
  return { state, what } satisfies Omit<FileComparison, 'path'>;
}

const changed = (change: object): string => JSON.stringify({ ...result, ...change });
const text = JSON.stringify(result);

describe('compareFile(path, roots)', () => {
  test('tells equal, different and missing files apart, and says in what they differ', async () => {
    expect(await compare(text, text)).toEqual({ state: 'equal', what: '' });
    expect(await compare(text, changed({ predicted: '7210414958', extra: 1 }))).toEqual({
      state: 'different',
      what: 'predicted, extra',
    });
    expect(await compare(text, `${text} `)).toEqual({ state: 'different', what: 'its layout' });
    expect(await compare('abc', 'abd', false, 'weights.bin')).toEqual({
      state: 'different',
      what: 'its bytes',
    });
    expect((await compare(text, undefined)).state).toBe('missing');
    expect((await compare(undefined, text)).state).toBe('missing');
  });

  test('{ tolerant } allows other provenance, small differences, and large ones in 0.3 % of the values', async () => {
    const shifted = rows.map((value) => value + 9e-4);
    expect(await compare(text, changed({ provenance: { backend: 'gpu' }, rows: shifted }), true)).toEqual({
      state: 'close',
      what: '0 of 1009 values differ by more than 0.001',
    });
    const wild = (count: number): number[] => rows.map((value, i) => (i < count ? value + 1 : value));
    expect((await compare(text, changed({ rows: wild(3) }), true)).state).toBe('close');
    expect((await compare(text, changed({ rows: wild(4) }), true)).state).toBe('different');
    expect((await compare(text, changed({ rows: rows.slice(1) }), true)).state).toBe('different');
  });

  test('{ tolerant } counts each digit of a prediction', async () => {
    expect(await compare(text, changed({ predicted: '7210414888' }), true)).toMatchObject({
      what: '3 of 1009 values differ by more than 0.001',
    });
  });
});
