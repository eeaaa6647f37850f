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

/** Milliseconds in which a job is done for the next ones to have ten times the images: what the reader asks for waits for them. */
const quick = 200;

/**
 * Reads labelled images with a network, its input in each of the units, slice by slice. Units that lie clearly below the best
 * are tried no further; the best reads all images.
 *
 * @param images bytes, one image after the other
 * @param most images of a job; the first has one, since how long that takes depends on network and device
 * @throws like the engine; it ends with the engine's worker
 */
export async function* readUnits(
  engine: Engine,
  { images, labels }: { images: Uint8Array; labels: string },
  { candidates = inputUnitNames, most = 100 }: { candidates?: readonly InputUnits[]; most?: number } = {},
): AsyncGenerator<UnitTrial> {
  const readings: UnitReading[] = candidates.map((units) => ({ units, correct: 0, images: 0 }));
  const { signal } = new AbortController();
  let left = readings;
  let size = 1;
  for (let first = 0; first < labels.length;) {
    const end = Math.min(labels.length, first + size);
    const pixels = pixelsAt(images, first, end);
    let fastest = Infinity;
    for (const reading of left) {
      const { units } = reading;
      const options = { signal, units, priority: 'background' } as const;
      const { result, milliseconds } = await engine.run('classify', { pixels }, options);
      reading.correct += Array.from(result).filter((digit, i) => digit === labels[first + i]).length;
      reading.images = end;
      fastest = Math.min(fastest, milliseconds);
    }
    if (fastest < quick) size = Math.min(most, 10 * size);
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
