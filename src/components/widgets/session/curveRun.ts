// A whole curve in the reader's browser, slice by slice, so that progress can be told and the reader can stop it or use
// the other widgets meanwhile.
import { countEqual } from '../../../compute/statistics.ts';
import { count, decimal, percent } from '../../format.ts';
import type { Engine } from './engine.ts';
import { pixelsAt } from './imageLibrary.ts';
import type { Device } from './protocol.ts';
import type { Tell } from './siteFile.ts';
import { deviceWords, duration, type Status } from './status.ts';

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

/** Largest difference of an accuracy from the build's with which a curve is reproduced, and what subtracting may add to it. */
const tolerance = 0.005 + 1e-9;

/** Images of a job, and the milliseconds in which it must be done for the next ones to be larger. */
const slices = [
  { images: 1, fast: 1_000 },
  { images: 10, fast: 60 },
  { images: 100, fast: 0 },
];
/** Milliseconds that a curve must still take for the processor to be tried, and the jobs of a trial: the first compiles. */
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
 * What it yields after each job is how far it has come. Where WebGL would take long, the processor does a few jobs too,
 * and the faster of the two the rest.
 *
 * @param images bytes of the images, one after the other
 * @param processor another engine, on the processor
 * @param tell told what is waited for
 * @throws like the engines, or once the signal aborts
 */
export async function* runCurve(
  engine: Engine,
  {
    images,
    labels,
    epsilons,
    steps,
  }: { images: Uint8Array; labels: string; epsilons: readonly number[]; steps: number },
  { signal, tell, processor }: { signal: AbortSignal; tell: Tell; processor: Engine },
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
      // At ε = 0 no step is taken: that says nothing of the others.
      if (steps === 1 || some[0]! > 0) {
        if (milliseconds < fast) grows = true;
        current.pace = Math.min(current.pace, milliseconds / (end - first) / some.length);
        current.jobs++;
      }
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
      } else if (device.backend === 'webgl' && left > long) {
        current = { engine: processor, jobs: 0, pace: Infinity };
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
  return predicted.map((row) => countEqual(row, labels.slice(0, row.length)) / row.length);
}

/** How far a curve has come, in words. */
export function progressWords({ share, left }: CurveProgress): string {
  return `${percent(share, 0)}${left === undefined ? '' : ` · about ${duration(left)} left`}`;
}

/** What the status line says of a curve: how far it has come, and in the end how it compares with the build's. */
export function curveStatus(labels: string, stored: readonly string[], progress: CurveProgress): Status {
  const { share, predicted, device, milliseconds } = progress;
  if (share < 1) return { state: 'running', details: `${progressWords(progress)} · ${deviceWords(device)}` };
  const here = accuracies(labels, predicted);
  const largest = Math.max(...accuracies(labels, stored).map((value, i) => Math.abs(value - here[i]!)));
  const all = stored.join('');
  const differing = all.length - countEqual(all, predicted.join(''));
  const details = [
    `largest difference ${decimal(100 * largest, 1)} points`,
    `${count(differing)} of ${count(all.length)} predictions differ`,
    deviceWords(device),
    duration(milliseconds),
  ].join(' · ');
  return { state: largest <= tolerance ? 'reproduced' : 'differs', details };
}
