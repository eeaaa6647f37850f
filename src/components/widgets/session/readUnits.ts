// The units of a network's input, found on labelled images: all are tried until one of them is clearly the best.
import {
  bestUnits,
  inputUnitNames,
  type InputUnits,
  type UnitAccuracies,
} from '../../../compute/networks/import/inputUnits.ts';
import type { Engine } from './engine.ts';
import { pixelsAt } from './imageLibrary.ts';

/** How many images a network reads correctly, of those on which it was tried in some units. */
export interface UnitReading {
  units: InputUnits;
  correct: number;
  images: number;
}

/** How far a trial has come. */
export interface UnitTrial {
  readings: readonly UnitReading[];
  /** Images that are read in the end. */
  total: number;
  /** The best so far, of those that have read the most images, and whether it will stay the best. */
  best: InputUnits;
  decided: boolean;
}

/** Images of the first job, which compiles, and of the others where that one was quick. */
const sizes = { first: 20, quick: 100 };
/** Milliseconds in which a quick device is done with the first job. */
const quick = 1_000;

/**
 * Reads labelled images with a network, its input in each of the units, slice by slice. Units that lie clearly below the best
 * are tried no further; the best reads all images.
 *
 * @param images bytes, one image after the other
 * @param slices images of the first job and of the later ones of a quick device
 * @throws like the engine; it ends with the engine's worker
 */
export async function* readUnits(
  engine: Engine,
  { images, labels }: { images: Uint8Array; labels: string },
  {
    candidates = inputUnitNames,
    slices = sizes,
  }: { candidates?: readonly InputUnits[]; slices?: typeof sizes } = {},
): AsyncGenerator<UnitTrial> {
  const readings: UnitReading[] = candidates.map((units) => ({ units, correct: 0, images: 0 }));
  const { signal } = new AbortController();
  let left = readings;
  let size = slices.first;
  for (let first = 0; first < labels.length;) {
    const end = Math.min(labels.length, first + size);
    const pixels = pixelsAt(images, first, end);
    for (const reading of left) {
      const { units } = reading;
      const options = { signal, units, priority: 'background' } as const;
      const { result, milliseconds } = await engine.run('classify', { pixels }, options);
      reading.correct += Array.from(result).filter((digit, i) => digit === labels[first + i]).length;
      reading.images = end;
      if (milliseconds < quick) size = slices.quick;
    }
    first = end;
    const correct = Object.fromEntries(inputUnitNames.map((units) => [units, -1])) as UnitAccuracies;
    for (const reading of left) correct[reading.units] = reading.correct;
    const best = bestUnits(correct);
    // Two counts of the same n images differ by chance by a standard deviation of √(n/2) at most.
    left = left.filter((reading) => correct[best] - reading.correct <= 2 * Math.sqrt(end));
    const decided = left.length === 1 || end === labels.length;
    yield { readings: readings.map((reading) => ({ ...reading })), total: labels.length, best, decided };
  }
}
