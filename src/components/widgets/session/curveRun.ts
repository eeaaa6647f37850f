// A whole curve in the reader's browser, slice by slice, so that progress can be told and the reader can stop it or use
// the other widgets meanwhile.
import { largestDifference } from './compareRuns.ts';
import type { Engine } from './engine.ts';
import { pixelsAt } from './imageLibrary.ts';
import type { Device } from './protocol.ts';
import type { Tell } from './siteFile.ts';

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
  /** Estimated milliseconds that are left, once there is an estimate. */
  left: number | undefined;
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

/** Images of a job, and the milliseconds in which it must be done for the next ones to be larger. */
const slices = [
  { images: 1, fast: 1_000 },
  { images: 10, fast: 60 },
  { images: 100, fast: 0 },
];
/** Milliseconds that a curve must still take for another engine to be tried, and the jobs of a trial: the first compiles. */
const long = 10_000;
const trial = 3;

/** An engine with its shortest milliseconds for one image at one ε. */
interface Candidate {
  engine: Engine;
  jobs: number;
  pace: number;
}

/**
 * Runs a sweep over ε in jobs that are short on any device: a few images at all ε for one step, at one ε for more.
 * What it yields after each job is how far it has come. Where WebGL would take long, another engine does a few jobs too,
 * and the faster of the two the rest.
 *
 * @param other starts the engine to try
 * @param tell told what is waited for
 * @throws like the engines, or once the signal aborts
 */
export async function* runCurve(
  engine: Engine,
  { images, labels, epsilons, steps }: CurveCase,
  { signal, tell, other }: { signal: AbortSignal; tell?: Tell; other?: () => Engine },
): AsyncGenerator<CurveProgress> {
  const atOnce = steps === 1 ? epsilons.length : 1;
  const begin = performance.now();
  const candidates: Candidate[] = [{ engine, jobs: 0, pace: Infinity }];
  let current = candidates[0]!;
  let because = 'tried beside WebGL';
  let predicted = epsilons.map(() => '');
  let slice = 0;
  for (let first = 0; first < labels.length;) {
    const { images: size, fast } = slices[slice]!;
    const end = Math.min(labels.length, first + size);
    const subjects = {
      pixels: pixelsAt(images, first, end),
      labels: Uint8Array.from(labels.slice(first, end), Number),
    };
    const rows: string[] = [];
    let grows = false;
    while (rows.length < epsilons.length) {
      const some = epsilons.slice(rows.length, rows.length + atOnce);
      const { result, device, milliseconds } = await current.engine.run(
        'sweep',
        { ...subjects, epsilons: some, steps, clip: true },
        { signal, tell, priority: 'background' },
      );
      signal.throwIfAborted();
      rows.push(...result.predicted);
      if (rows.length === epsilons.length) predicted = predicted.map((row, i) => row + rows[i]!);
      if (milliseconds < fast) grows = true;
      current.pace = Math.min(current.pace, milliseconds / (end - first) / some.length);
      current.jobs++;
      const done = first * epsilons.length + (end - first) * rows.length;
      const all = labels.length * epsilons.length;
      const left = (all - done) * current.pace;
      yield {
        share: done / all,
        left: first > 0 && current.jobs > 1 ? left : undefined,
        predicted,
        device: current.engine === engine ? device : { ...device, because },
        milliseconds: performance.now() - begin,
      };
      if (first === 0 || current.jobs !== trial) continue;
      if (candidates.length === 2) {
        current = candidates.reduce((a, b) => (b.pace < a.pace ? b : a));
        because = 'faster here than WebGL';
      } else if (other && device.backend === 'webgl' && left > long) {
        current = { engine: other(), jobs: 0, pace: Infinity };
        candidates.push(current);
      }
    }
    // What is larger compiles first, and one image says too little of a device.
    if (grows || first === 0) current.jobs = 0;
    if (grows) slice++;
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
