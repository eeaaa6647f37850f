import type { Digits } from '../data/mnist.ts';
import { PIXELS } from '../networks/layers.ts';

/** Images of one slice: as many as stay in the cache during a gradient. */
const SLICE = 250;

/** Cuts digits into slices; where the cuts lie depends on the digits alone, never on the workers. */
export function slices({ images, labels, count }: Digits, size = SLICE): Pick<Digits, 'images' | 'labels'>[] {
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => ({
    images: images.slice(i * size * PIXELS, Math.min(count, (i + 1) * size) * PIXELS),
    labels: labels.slice(i * size, Math.min(count, (i + 1) * size)),
  }));
}
