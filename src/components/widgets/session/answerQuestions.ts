// The four questions of the report, answered for another network in the reader's browser.
import { stepsName } from '../../format.ts';
import { progressWords, runCurve } from './curveRun.ts';
import type { Engine } from './engine.ts';
import type { AttackRun, Device } from './protocol.ts';
import type { PublishedSweep } from './imageLibrary.ts';
import type { Tell } from './siteFile.ts';

/** One curve here, of the images that are done, beside what the report's network predicts of all. */
export type AnsweredCurve = Omit<PublishedSweep, 'indices'> & { published: readonly string[] };

/** The answers, as far as they have come. */
export interface Answers {
  /** Questions 1 and 3: the example in one step and in several. */
  runs: readonly AttackRun[];
  /** Questions 2 and 4. */
  curves: readonly AnsweredCurve[];
  device: Device | undefined;
  done: boolean;
}

/**
 * Attacks the example and both curves' images as the report does, and yields the answers each time that they have grown.
 *
 * @param published the report's curves, and the bytes of their `images`
 * @param processor another engine, to try where WebGL takes long
 * @param tell told how far it has come and how long it takes
 * @throws like the engine, or once the signal aborts
 */
export async function* answerQuestions(
  engine: Engine,
  {
    example,
    published,
    images,
  }: {
    example: { pixels: Float32Array; label: number; epsilon: number };
    published: readonly PublishedSweep[];
    images: Uint8Array;
  },
  { signal, tell, processor }: { signal: AbortSignal; tell: Tell; processor: Engine },
): AsyncGenerator<Answers> {
  const runs: AttackRun[] = [];
  let curves: AnsweredCurve[] = [];
  let device: Device | undefined;
  for (const { steps } of published) {
    const { result } = await engine.run('attack', { ...example, steps, clip: true }, { signal, tell });
    runs.push(result);
    yield { runs: [...runs], curves, device, done: false };
  }
  for (const { steps, epsilons, labels, predicted } of published) {
    const before = curves;
    const curve = { images, labels, epsilons, steps };
    for await (const progress of runCurve(engine, curve, { signal, tell, processor })) {
      tell(`the curve of ${stepsName(steps)} · ${progressWords(progress)}`);
      device = progress.device;
      if (!progress.predicted[0]) continue;
      curves = [...before, { steps, epsilons, labels, predicted: progress.predicted, published: predicted }];
      const done = progress.share === 1 && curves.length === published.length;
      yield { runs, curves, device, done };
    }
  }
}
