import { readResult } from '../../compute/results/readResult.ts';
import type { Picture } from './digitPicture.ts';
import { pictures } from './pictures.ts';

/**
 * The pictures of the build's results, by name.
 *
 * @param root folder that holds `results/`
 * @throws if a result is missing or does not fit its schema, with the way out
 */
export async function loadPictures({ root = 'public' } = {}): Promise<Map<string, Picture>> {
  const [fgsm, iterative, gallery, precision] = await Promise.all([
    readResult('fgsm-example', { root }),
    readResult('iterative-example', { root }),
    readResult('gallery', { root }),
    readResult('precision', { root }),
  ]);
  return pictures({ 'fgsm-example': fgsm, 'iterative-example': iterative, gallery, precision });
}
