// p(true) and p(rival) along ε, point by point, between the reader's own requests.
import { argmax, runnerUp } from '../../../compute/statistics.ts';
import type { Engine } from './engine.ts';
import type { Along } from './example.ts';
import { limits } from './state.ts';

/** One point along ε. */
export function addPoint(
  along: Along,
  epsilon: number,
  probabilities: readonly number[],
  label: number,
): Along {
  return {
    epsilons: [...along.epsilons, epsilon],
    label: [...along.label, probabilities[label]!],
    rival: [...along.rival, probabilities[runnerUp(probabilities, label)]!],
    verdicts: [...along.verdicts, argmax(probabilities)],
  };
}

/** Nothing yet. */
export const noPoints: Along = { epsilons: [], label: [], rival: [], verdicts: [] };

/**
 * Follows an image along ε from 0 to the largest that can be set.
 *
 * @returns undefined once `wanted` says that nobody waits for it any more
 * @throws like the engine
 */
export async function followAlong(
  engine: Engine,
  image: { pixels: Float32Array; label: number; steps: number; clip: boolean },
  key: string,
  wanted: () => boolean,
): Promise<Along | undefined> {
  const { pixels, label, steps, clip } = image;
  // One gradient serves all points of one step; more steps cost more, so there are fewer points.
  const intervals = steps === 1 ? 100 : 50;
  let along = noPoints;
  for (let i = 0; i <= intervals; i++) {
    const epsilon = (i * limits.epsilon) / intervals;
    const done = await engine.run(
      'attack',
      { pixels, label, epsilon, steps, clip },
      { key, priority: 'background' },
    );
    if (!done || !wanted()) return undefined;
    const last = done.result.path[steps - 1]!;
    along = addPoint(along, epsilon, last.prediction.probabilities, label);
  }
  return along;
}
