// A whole curve in the reader's browser, slice by slice, so that progress can be told and the reader
// can stop it or use the other widgets meanwhile.
import { PIXELS } from '../../../compute/networks/layers.ts';
import type { Engine } from './engine.ts';
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
  /** One digit for each image that is done. */
  predicted: string[];
  device: Device;
  milliseconds: number;
}

/** Images of a job where the device is slow, and where it is fast. */
const slices = { slow: 10, fast: 100 };
/** Milliseconds in which a fast device is done with a slow one's job. */
const fast = 60;

/**
 * Runs a sweep over ε in jobs that are short on any device: a few images at all ε for one step, at one ε for more.
 *
 * @param wanted asked before each job; the sweep ends when it says no
 * @param onProgress called after each slice of images
 * @throws like the engine
 */
export async function runCurve(
  engine: Engine,
  { images, labels, epsilons, steps }: CurveCase,
  key: string,
  wanted: () => boolean,
  onProgress: (progress: CurveProgress) => void,
): Promise<void> {
  const atOnce = steps === 1 ? epsilons.length : 1;
  const begin = performance.now();
  const predicted = epsilons.map(() => '');
  let size = slices.slow;
  for (let first = 0; first < labels.length;) {
    const end = Math.min(labels.length, first + size);
    const pixels = Float32Array.from(images.subarray(first * PIXELS, end * PIXELS), (byte) => byte / 255);
    const truth = Uint8Array.from(labels.slice(first, end), Number);
    let device: Device | undefined;
    let quickest = Infinity;
    for (let from = 0; from < epsilons.length; from += atOnce) {
      if (!wanted()) return;
      const done = await engine.run(
        'sweep',
        { pixels, labels: truth, epsilons: epsilons.slice(from, from + atOnce), steps, clip: true },
        { key, priority: 'background' },
      );
      if (!done || !wanted()) return;
      done.result.predicted.forEach((row, i) => {
        predicted[from + i] = predicted[from + i]! + row;
      });
      device = done.device;
      quickest = Math.min(quickest, done.milliseconds);
    }
    const share = end / labels.length;
    const milliseconds = performance.now() - begin;
    const left = (milliseconds * (1 - share)) / share;
    onProgress({ share, left, predicted: [...predicted], device: device!, milliseconds });
    if (quickest < fast) size = slices.fast;
    first = end;
  }
}

/** Share of the images that are read correctly, of as many as were predicted. */
export function accuracies(labels: string, predicted: readonly string[]): number[] {
  return predicted.map((row) => {
    let correct = 0;
    for (let i = 0; i < row.length; i++) if (row[i] === labels[i]) correct++;
    return correct / row.length;
  });
}

/** Largest difference of an accuracy, and the predictions that differ. */
export function compareCurves(
  labels: string,
  stored: readonly string[],
  here: readonly string[],
): { largest: number; differing: number; predictions: number } {
  const [a, b] = [accuracies(labels, stored), accuracies(labels, here)];
  let differing = 0;
  stored.forEach((row, i) => {
    for (let j = 0; j < row.length; j++) if (row[j] !== here[i]![j]) differing++;
  });
  return {
    largest: a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0),
    differing,
    predictions: stored.reduce((sum, row) => sum + row.length, 0),
  };
}
