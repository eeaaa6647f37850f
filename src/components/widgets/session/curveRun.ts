// A whole curve in the reader's browser, slice by slice, so that progress can be told and the reader can stop it or use
// the other widgets meanwhile.
import { largestDifference } from './compareRuns.ts';
import type { Engine } from './engine.ts';
import { pixelsAt } from './imageLibrary.ts';
import type { Device } from './protocol.ts';

/** What a sweep attacks, and with what. */
export interface CurveCase {
  /** Bytes of the images, one after the other. */
  images: Uint8Array;
  labels: string;
  epsilons: readonly number[];
  steps: number;
}

/** How far a sweep has come: predictions at each ε of the images done so far. */
export interface CurveProgress {
  /** Share of the work that is done. */
  share: number;
  /** Estimated milliseconds that are left. */
  left: number;
  /** One digit for each image that is done at every ε. */
  predicted: string[];
  device: Device;
  milliseconds: number;
}

/** How a curve differs from the build's. */
export interface CurveComparison {
  /** Largest difference of an accuracy. */
  largest: number;
  /** Predictions that differ, and all. */
  differing: number;
  predictions: number;
}

/** An image whose prediction changes between one ε and the next. */
export interface Flip {
  /** Its place among the images of the sweep. */
  place: number;
  from: string;
  to: string;
}

/** Images of a job where the device is slow, and where it is fast. */
const slices = { slow: 10, fast: 100 };
/** Milliseconds in which a fast device is done with a slow one's job. */
const fast = 60;

/**
 * Runs a sweep over ε in jobs that are short on any device: a few images at all ε for one step, at one ε for more.
 * What it yields after each job is how far it has come.
 *
 * @throws like the engine, or once the signal aborts
 */
export async function* runCurve(
  engine: Engine,
  { images, labels, epsilons, steps }: CurveCase,
  signal: AbortSignal,
): AsyncGenerator<CurveProgress> {
  const atOnce = steps === 1 ? epsilons.length : 1;
  const begin = performance.now();
  let predicted = epsilons.map(() => '');
  let size = slices.slow;
  for (let first = 0; first < labels.length;) {
    const end = Math.min(labels.length, first + size);
    const slice = {
      pixels: pixelsAt(images, first, end),
      labels: Uint8Array.from(labels.slice(first, end), Number),
    };
    const rows: string[] = [];
    let quickest = Infinity;
    for (let from = 0; from < epsilons.length; from += atOnce) {
      const { result, device, milliseconds } = await engine.run(
        'sweep',
        { ...slice, epsilons: epsilons.slice(from, from + atOnce), steps, clip: true },
        { signal, priority: 'background' },
      );
      signal.throwIfAborted();
      quickest = Math.min(quickest, milliseconds);
      rows.push(...result.predicted);
      const whole = rows.length === epsilons.length;
      if (whole) predicted = predicted.map((row, i) => row + rows[i]!);
      const share = (first + ((end - first) * rows.length) / epsilons.length) / labels.length;
      const passed = performance.now() - begin;
      yield { share, left: (passed * (1 - share)) / share, predicted, device, milliseconds: passed };
    }
    if (quickest < fast) size = slices.fast;
    first = end;
  }
}

/** Share of the images that are predicted correctly, of as many as were predicted. */
export function accuracies(labels: string, predicted: readonly string[]): number[] {
  return predicted.map(
    (row) => Array.from(row).filter((digit, i) => digit === labels[i]).length / row.length,
  );
}

/** A curve beside the build's. */
export function compareCurves(
  labels: string,
  stored: readonly string[],
  here: readonly string[],
): CurveComparison {
  const all = stored.join('');
  const own = here.join('');
  return {
    largest: largestDifference(accuracies(labels, stored), accuracies(labels, here)),
    differing: Array.from(all).filter((digit, i) => digit !== own[i]).length,
    predictions: all.length,
  };
}

/**
 * Images whose prediction differs between an ε of the grid and the one before.
 *
 * @param predicted one digit for each image, ε by ε
 * @param at place of the ε on the grid; at the first there is nothing before it
 */
export function flipsBetween(predicted: readonly string[], at: number): Flip[] {
  const [before, after] = [predicted[at - 1], predicted[at]];
  if (before === undefined || after === undefined) return [];
  return Array.from(before).flatMap((from, place) => {
    const to = after[place]!;
    return from === to ? [] : [{ place, from, to }];
  });
}
