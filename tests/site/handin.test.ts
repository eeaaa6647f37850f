// What the build put into dist/handin/, read as its readers would.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { handInBundle } from '../../handin/bundle.ts';
import { contents } from '../../handin/contents.ts';
import { mnistFolder } from '../../src/compute/data/mnist.ts';

const folder = 'dist/handin';
const made = ['report.pdf', 'adversarial-mnist.zip'];

test('dist/handin/ holds what is handed in, and nothing else', () => {
  const names = readdirSync(folder).filter((name) => !made.includes(name));
  expect(names).toEqual(
    Object.keys(contents)
      .filter((name) => !made.includes(name))
      .sort(),
  );
});

test('handInBundle() gives the same bytes in another process', async () => {
  const bundle = await handInBundle({ root: 'dist' });
  for (const [name, content] of Object.entries(bundle)) {
    expect(Buffer.compare(content, readFileSync(join(folder, name))), name).toBe(0);
  }
});

test('the figures are 174 mm wide at 300 dpi', () => {
  for (const question of [1, 2, 3, 4]) {
    const { width, resolution } = decode(readFileSync(join(folder, `question-${question}.png`)));
    expect([width, resolution]).toEqual([2055, { x: 11811, y: 11811, unit: 1 }]);
  }
});

test("MNIST's test files are the originals, gzipped without a date", () => {
  for (const name of ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte']) {
    const file = readFileSync(join(folder, `${name}.gz`));
    expect(file.readUInt32LE(4)).toBe(0);
    expect(Buffer.compare(gunzipSync(file), readFileSync(join(mnistFolder(), name)))).toBe(0);
  }
});
