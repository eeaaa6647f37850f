// p(true) and p(rival) along ε, point by point, between the reader's own requests.
import { argmax, runnerUp } from '../../../compute/statistics.ts';
import type { Engine } from './engine.ts';
import type { Jobs } from './protocol.ts';
import { limits } from './state.ts';

/** p of the true class and of its rival along ε, and the predicted class: the strongest of the others, or the target. */
export interface EpsilonCurve {
  epsilons: number[];
  label: number[];
  rival: number[];
  predicted: number[];
}

/** The curve of an image from its probabilities at each ε. */
export function epsilonCurve(
  points: readonly { epsilon: number; probabilities: readonly number[] }[],
  label: number,
  target?: number,
): EpsilonCurve {
  return {
    epsilons: points.map(({ epsilon }) => epsilon),
    label: points.map(({ probabilities }) => probabilities[label]!),
    rival: points.map(({ probabilities }) => probabilities[target ?? runnerUp(probabilities, label)]!),
    predicted: points.map(({ probabilities }) => argmax(probabilities)),
  };
}

/** The places along ε where the prediction changes, each between two ε of the curve. */
export function predictionChanges({ epsilons, predicted }: Pick<EpsilonCurve, 'epsilons' | 'predicted'>) {
  return predicted.flatMap((to, i) => {
    const from = predicted[i - 1] ?? to;
    return from === to ? [] : [{ before: epsilons[i - 1]!, epsilon: epsilons[i]!, from, to }];
  });
}

/**
 * Follows an image along ε from 0 to the largest that can be set.
 *
 * @throws like the engine, or once the signal aborts
 */
export async function followEpsilon(
  engine: Engine,
  image: Omit<Jobs['attack']['request'], 'epsilon'> & { label: number },
  signal: AbortSignal,
): Promise<EpsilonCurve> {
  // One gradient serves all points of one step; more steps cost more, so there are fewer points.
  const intervals = image.steps === 1 ? 100 : 50;
  const points = [];
  for (let i = 0; i <= intervals; i++) {
    const epsilon = (i * limits.epsilon) / intervals;
    const { result } = await engine.run('attack', { ...image, epsilon }, { signal, priority: 'background' });
    signal.throwIfAborted();
    points.push({ epsilon, probabilities: result.path.at(-1)!.prediction.probabilities });
  }
  return epsilonCurve(points, image.label, image.target);
}
