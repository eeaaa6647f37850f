// The browser repeats the report's own example and compares.
import { compareRuns, type CheckReport, type Expected } from './compareRuns.ts';
import type { Engine } from './engine.ts';
import type { Device } from './protocol.ts';

/** A check that ran to its end. */
export interface FinishedCheck extends CheckReport {
  device: Device;
  /** Time of the attack itself, gradient included. */
  milliseconds: number;
}

/** The images and settings of a check. */
export interface CheckCase {
  expected: Expected;
  pixels: Float32Array;
  perturbed: Float32Array;
  epsilon: number;
}

/**
 * Checks one image: first the forward pass on the published x and x*, then the browser's own attack.
 *
 * @returns undefined if the check was cancelled
 * @throws like the engine
 */
export async function selfCheck(
  engine: Engine,
  { expected, pixels, perturbed, epsilon }: CheckCase,
  key: string,
): Promise<FinishedCheck | undefined> {
  const options = { key, priority: 'check' as const };
  const original = await engine.run('predict', { pixels }, options);
  const published = await engine.run('predict', { pixels: perturbed }, options);
  const run = await engine.run(
    'attack',
    { pixels, label: expected.label, epsilon, steps: expected.signs.length, clip: true },
    options,
  );
  if (!original || !published || !run) return undefined;
  const report = compareRuns(expected, {
    original: original.result.probabilities,
    perturbed: published.result.probabilities,
    run: run.result,
  });
  return { ...report, device: run.device, milliseconds: run.milliseconds };
}
