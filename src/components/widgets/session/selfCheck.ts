// The browser repeats the report's own example and further images of the build, and compares.
import type { WidgetCheck } from '../../../compute/results/schemas.ts';
import { replay, signsFromText } from '../../../compute/signs.ts';
import { compareRuns, type CheckReport, type StoredAttack } from './compareRuns.ts';
import type { Engine } from './engine.ts';
import { pixelsFromBase64, type BuiltExample } from './example.ts';
import { fetchJson, once, type SiteFile, type Tell } from './siteFile.ts';

/** How far the check of further images has come. */
export interface MoreImages {
  done: number;
  reproduced: number;
  total: number;
}

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
  const options = { signal, tell, priority: 'check' } as const;
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

/** What a check of the page's own example compares with. */
export function storedAttack({ image, label, epsilon, signs, original, path }: BuiltExample): StoredAttack {
  return {
    pixels: pixelsFromBase64(image),
    label,
    epsilon,
    signs,
    original: original.prediction.probabilities,
    perturbed: path.at(-1)!.prediction.probabilities,
  };
}

/**
 * Checks the further images that the build attacked in as many steps, one at a time.
 *
 * @param file results/widget-check.json
 * @throws like the engine, or if the file cannot be fetched
 */
export async function* checkMoreImages(
  engine: Engine,
  file: SiteFile,
  steps: number,
  signal: AbortSignal,
): AsyncGenerator<MoreImages> {
  const { epsilon, images } = await once(file, () => fetchJson<WidgetCheck>(file, 'the further images'));
  let reproduced = 0;
  for (const [i, { label, image, original, attacks }] of images.entries()) {
    const attack = attacks.find(({ signs }) => signs.length === steps);
    if (!attack) throw new RangeError(`invalid steps: ${steps}, expected those of the build`);
    const stored = { ...attack, pixels: pixelsFromBase64(image), label, epsilon, original };
    const check = await selfCheck(engine, stored, { signal });
    if (check.reproduced) reproduced++;
    yield { done: i + 1, reproduced, total: images.length };
  }
}
