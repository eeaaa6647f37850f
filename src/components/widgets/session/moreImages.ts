// After the report's own example the browser checks further images against the build, one at a time.
import type { WidgetCheck } from '../../../compute/results/schemas.ts';
import { pixelsFromBase64 } from './example.ts';
import type { Engine } from './engine.ts';
import { fetchJson } from './imageLibrary.ts';
import { replay, signsFromText } from '../../../compute/signs.ts';
import { selfCheck } from './selfCheck.ts';
import type { MoreImages } from './status.ts';

/**
 * Checks the further images that the build attacked in as many steps.
 *
 * @param onProgress called after each image
 * @throws like the engine, or if the file cannot be fetched
 */
export async function checkMoreImages(
  engine: Engine,
  { url, steps, key }: { url: string; steps: number; key: string },
  onProgress: (progress: MoreImages) => void,
): Promise<void> {
  const { epsilon, images } = await fetchJson<WidgetCheck>(url);
  const progress: MoreImages = { done: 0, reproduced: 0, total: images.length };
  for (const { label, image, original, attacks } of images) {
    const attack = attacks.find(({ signs }) => signs.length === steps);
    if (!attack) throw new RangeError(`invalid steps: ${steps}, expected those of the build`);
    const pixels = pixelsFromBase64(image);
    const path = replay(pixels, attack.signs.map(signsFromText), { epsilon, clip: true });
    const expected = { label, signs: attack.signs, original, perturbed: attack.perturbed };
    const check = await selfCheck(
      engine,
      { expected, pixels, perturbed: path[path.length - 1]!, epsilon },
      key,
    );
    if (!check) return;
    progress.done++;
    if (check.reproduced) progress.reproduced++;
    onProgress({ ...progress });
  }
}
