// A network that nobody has published numbers of is held against a second computation of its own, on the processor.
import { signText } from '../../../compute/signs.ts';
import type { Engine } from './engine.ts';
import type { Subject } from './imageLibrary.ts';
import { checkedStatus, selfCheck } from './selfCheck.ts';
import type { Tell } from './siteFile.ts';
import { deviceWords, messageOf, type Status } from './status.ts';

/**
 * Attacks images in one step on both engines, one at a time, and compares. Says how many agree.
 *
 * @param processor an engine on the processor, for this check alone
 * @param subjects the example, then further images
 * @throws once the signal aborts
 */
export async function* checkProcessor(
  engine: Engine,
  processor: Engine,
  subjects: readonly Subject[],
  epsilon: number,
  { signal, tell }: { signal: AbortSignal; tell: Tell },
): AsyncGenerator<Status> {
  let status: Status | undefined;
  // Whoever gives up does not wait for the job in hand.
  signal.addEventListener('abort', processor.end);
  try {
    const { device } = await engine.run('describe', null, { signal, tell });
    if (device.backend === 'cpu') {
      const details = `${deviceWords(device)} · the processor computes already, so there is no second computation`;
      yield { state: 'computed', details };
      return;
    }
    const compare = async ({ pixels, label }: Subject) => {
      const request = { pixels, label, epsilon, steps: 1, clip: true };
      const { result } = await processor.run('attack', request, { signal, tell, priority: 'background' });
      const stored = {
        pixels,
        label: result.label,
        epsilon,
        signs: result.path.map(({ signs }) => signText(signs)),
        original: result.original.prediction.probabilities,
        perturbed: result.path.at(-1)!.prediction.probabilities,
      };
      return selfCheck(engine, stored, { signal });
    };
    const [example, ...others] = subjects;
    const found = await compare(example!);
    status = checkedStatus(found);
    yield status;
    let reproduced = 0;
    for (const [i, subject] of others.entries()) {
      if ((await compare(subject)).reproduced) reproduced++;
      status = checkedStatus(found, { done: i + 1, reproduced, total: others.length });
      yield status;
    }
  } catch (error) {
    signal.throwIfAborted();
    const failed = `The comparison failed: ${messageOf(error)}`;
    yield status
      ? { ...status, details: `${status.details}. ${failed}` }
      : { state: 'unavailable', details: failed };
  } finally {
    processor.end();
  }
}
