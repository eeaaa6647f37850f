// The browser repeats the report's own example and further images of the build, and compares.
import type { WidgetCheck } from '../../../compute/results/schemas.ts';
import { replay, signsFromText } from '../../../compute/signs.ts';
import { count } from '../../format.ts';
import { compareRuns, likelyReason, tolerances, type CheckReport, type StoredAttack } from './compareRuns.ts';
import type { Engine } from './engine.ts';
import { pixelsFromBase64, type BuiltExample } from './example.ts';
import { fetchJson, once, type SiteFile, type Tell } from './siteFile.ts';
import { deviceWords, duration, messageOf, tiny, type Status } from './status.ts';

/**
 * Checks one image: the forward pass on the published x*, and the browser's own attack.
 *
 * @param tell told what is waited for
 * @throws like the engine, or once the signal aborts
 */
export async function selfCheck(
  engine: Engine,
  stored: StoredAttack,
  { signal, tell }: { signal: AbortSignal; tell?: Tell },
): Promise<CheckReport> {
  const { pixels, label, epsilon, signs } = stored;
  const options = { signal, tell, priority: 'background' } as const;
  const perturbed = replay(pixels, signs.map(signsFromText), { epsilon }).at(-1)!;
  const published = await engine.run('predict', { pixels: perturbed }, options);
  const run = await engine.run(
    'attack',
    { pixels, label, epsilon, steps: signs.length, clip: true },
    options,
  );
  signal.throwIfAborted();
  return compareRuns(stored, published.result.probabilities, run);
}

/**
 * Repeats the build's example; if that is reproduced, further images that the build attacked in as many steps, one at a time.
 *
 * @param file further images: results/widget-check.json
 * @param tell told what is waited for
 * @throws like the engine, or once the signal aborts
 */
export async function* checkBuild(
  engine: Engine,
  example: BuiltExample,
  file: SiteFile,
  { signal, tell }: { signal: AbortSignal; tell: Tell },
): AsyncGenerator<Status> {
  const stored = {
    ...example,
    pixels: pixelsFromBase64(example.image),
    original: example.original.prediction.probabilities,
    perturbed: example.path.at(-1)!.prediction.probabilities,
  };
  const found = await selfCheck(engine, stored, { signal, tell });
  let status = checkedStatus(found);
  yield status;
  if (!found.reproduced) return;
  const steps = example.signs.length;
  let reproduced = 0;
  try {
    const { epsilon, images } = await once(file, () => fetchJson<WidgetCheck>(file, 'the further images'));
    for (const [i, { label, image, original, attacks }] of images.entries()) {
      const attack = attacks.find(({ signs }) => signs.length === steps)!;
      const further = { ...attack, pixels: pixelsFromBase64(image), label, epsilon, original };
      if ((await selfCheck(engine, further, { signal })).reproduced) reproduced++;
      status = checkedStatus(found, { done: i + 1, reproduced, total: images.length });
      yield status;
    }
  } catch (error) {
    signal.throwIfAborted();
    // The example itself was checked: that stands, whatever the further images say.
    yield { ...status, details: `${status.details}. ${messageOf(error)}` };
  }
}

/** What the status line says of a check, and of further images as far as they are checked. */
export function checkedStatus(
  check: CheckReport,
  more?: { done: number; reproduced: number; total: number },
): Status {
  const { reproduced, predicted, signsAgree, signs, own, published, device, milliseconds } = check;
  const worst = tiny(Math.max(own, published));
  const tolerance = tiny(own > tolerances.own ? tolerances.own : tolerances.published);
  const details = [
    `predicted ${predicted}`,
    `${count(signsAgree)} of ${count(signs)} signs agree`,
    `max |Δp| ${worst}${reproduced ? '' : `, tolerance ${tolerance}`}`,
    deviceWords(device),
    duration(milliseconds),
    ...(more ? [`${more.reproduced} of ${more.done} more`] : []),
  ].join(' · ');
  if (!reproduced)
    return { state: 'differs', details: `${details}. ${likelyReason(check)}`, differences: check };
  const state = more && more.reproduced < more.done ? 'differs' : 'reproduced';
  return { state, details, busy: more !== undefined && more.done < more.total };
}
