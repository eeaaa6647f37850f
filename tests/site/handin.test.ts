// What the build put into dist/handin/, read as its readers would.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { handInBundle } from '../../handin/bundle.ts';
import { mnistFolder } from '../../src/compute/data/mnist.ts';
import { handInContents } from '../../src/report/handInFiles.ts';

const folder = 'dist/handin';

test('dist/handin/ holds what is handed in: all that takes no Python, the rest after npm run handin', async () => {
  const names = readdirSync(folder);
  expect(names).toEqual(expect.arrayContaining(Object.keys(await handInBundle({ root: 'dist' }))));
  expect(names.filter((name) => !(name in handInContents))).toEqual([]);
});

test('handInBundle() gives the same bytes in another process', async () => {
  const bundle = await handInBundle({ root: 'dist' });
  for (const [name, content] of Object.entries(bundle)) {
    expect(Buffer.compare(content, readFileSync(join(folder, name))), name).toBe(0);
  }
});

test("MNIST's test files are the originals, gzipped without a date", () => {
  for (const name of ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte']) {
    const file = readFileSync(join(folder, `${name}.gz`));
    expect(file.readUInt32LE(4)).toBe(0);
    expect(Buffer.compare(gunzipSync(file), readFileSync(join(mnistFolder(), name)))).toBe(0);
  }
});
