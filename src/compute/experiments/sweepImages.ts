import { loadMnist, selectDigits, type Digits } from '../data/mnist.ts';
import type { Options } from '../options.ts';
import { sampleWithoutReplacement } from '../data/generator.ts';

/** Digits with their indices in the test set. */
export interface IndexedDigits {
  indices: number[];
  digits: Digits;
}

/** The images of the sweeps: a seeded uniform draw without replacement from the whole test set. */
export async function sweepImages({
  seeds,
  sweep,
}: Pick<Options, 'seeds' | 'sweep'>): Promise<IndexedDigits> {
  const test = await loadMnist('test');
  const indices = sampleWithoutReplacement(seeds.testImages, test.count, sweep.images);
  return { indices, digits: selectDigits(test, indices) };
}

/** As many images from the start of the test set, as many write-ups take them. */
export async function firstImages({ sweep }: Pick<Options, 'sweep'>): Promise<IndexedDigits> {
  const indices = Array.from({ length: sweep.images }, (_, i) => i);
  return { indices, digits: selectDigits(await loadMnist('test'), indices) };
}
