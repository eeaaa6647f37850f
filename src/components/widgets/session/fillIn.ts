import { quantiseTowards } from '../../../compute/experiments/quantiseTowards.ts';
import type { Engine } from './engine.ts';
import type { Jobs } from './protocol.ts';
import { limits } from './state.ts';
import { messageOf } from './status.ts';
import { epsilonCurve, type AttackResult, type EpsilonCurve, type View } from './view.ts';

/** Milliseconds for which the reader pauses before what fills in is computed. */
const pause = 250;

/** Stands in for a curve that is on its way. */
export const pending = 'The same image along ε is being computed.';

/** Computes the prediction of x* in bytes and the curve along ε, once the reader pauses; tells each as it comes. */
export async function fillIn(
  engine: Engine,
  { result, curve }: Pick<View, 'result' | 'curve'>,
  signal: AbortSignal,
  tell: (part: Partial<View>) => void,
): Promise<void> {
  const { pixels, label, target, clip, path } = result;
  await new Promise((done) => setTimeout(done, pause));
  try {
    signal.throwIfAborted();
    if (clip) {
      const bytes = quantiseTowards(path.at(-1)!.perturbed, pixels);
      const rounded = Float32Array.from(bytes, (byte) => byte / 255);
      const options = { signal, priority: 'background' } as const;
      const prediction = await engine.run('predict', { pixels: rounded }, options);
      signal.throwIfAborted();
      tell({ result: { ...result, quantised: prediction.result.probabilities } });
    }
    if (typeof curve !== 'string') return;
    const image = { pixels, label, target, steps: path.length, clip };
    tell({ curve: await followEpsilon(engine, image, signal) });
  } catch (error) {
    // The run itself has been shown.
    if (!signal.aborted) tell({ curve: `The same image along ε could not be computed: ${messageOf(error)}` });
  }
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
    points.push({ epsilon, prediction: result.path.at(-1)!.prediction });
  }
  return epsilonCurve(points, image.label, image.target);
}

/** Whether two results lie on one curve along ε. */
export function sameCurve(a: AttackResult, b: AttackResult): boolean {
  const sameImage = a.image === 'drawn' ? a.pixels === b.pixels : a.image === b.image;
  const sameAim = a.label === b.label && a.target === b.target;
  return sameImage && sameAim && a.clip === b.clip && a.path.length === b.path.length;
}
