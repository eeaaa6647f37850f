// Whether a browser's run is the build's: the forward pass on the published x and x* apart from the browser's own
// attack, so that a difference can be traced.
import { argmax } from '../../../compute/statistics.ts';
import { signText } from '../../../compute/signs.ts';
import type { Done } from './protocol.ts';

/** When a run of a browser counts as the build's: what may differ, and by how much. */
export const tolerances = {
  /** Share of the signs that agree, at least. */
  signs: 0.99,
  /** Largest difference of a probability, on the x* that the browser makes itself. */
  own: 1e-3,
  /** Largest difference of a probability, on the published images: the forward pass alone. */
  published: 1e-4,
} as const;

/** The build's numbers of one image. */
export interface StoredAttack {
  pixels: Float32Array;
  label: number;
  epsilon: number;
  /** "-", "0" or "+" for each pixel, step by step. */
  signs: string[];
  /** Probabilities of x and of x*. */
  original: number[];
  perturbed: number[];
}

/** What a check found. */
export type CheckReport = ReturnType<typeof compareRuns>;

/**
 * Compares a run with the build's.
 *
 * @param published the browser's probabilities on the published x*
 * @param run the browser's own attack, which begins with the published x
 */
export function compareRuns(
  stored: StoredAttack,
  published: readonly number[],
  { result: { original, path }, device, milliseconds }: Done<'attack'>,
) {
  const own = path.at(-1)!.prediction.probabilities;
  const before = original.prediction.probabilities;
  const signs = stored.signs.join('').length;
  const differing = stored.signs.map((text, step) => {
    const here = signText(path[step]!.signs);
    return Array.from(text, (_, i) => i).filter((i) => text[i] !== here[i]);
  });
  const signsAgree = signs - differing.flat().length;
  const sameClasses =
    argmax(before) === argmax(stored.original) &&
    [own, published].every((here) => argmax(here) === argmax(stored.perturbed));
  const largestOwn = largestDifference(stored.perturbed, own);
  const largestPublished = Math.max(
    largestDifference(stored.original, before),
    largestDifference(stored.perturbed, published),
  );
  return {
    reproduced:
      sameClasses &&
      signsAgree >= tolerances.signs * signs &&
      largestOwn <= tolerances.own &&
      largestPublished <= tolerances.published,
    /** Class predicted for x* here. */
    predicted: argmax(own),
    signsAgree,
    signs,
    /** Largest difference of a probability on the browser's own x*, and on the published x and x*. */
    own: largestOwn,
    published: largestPublished,
    /** The probabilities of x*, stored and here. */
    perturbed: stored.perturbed.map((p, digit) => ({ stored: p, here: own[digit]! })),
    /** Pixels whose sign differs in the last step. */
    differingPixels: differing.at(-1)!,
    device,
    /** Time of the attack itself, gradient included. */
    milliseconds,
  };
}

/** The likely reason of a difference, in a sentence; empty if the run reproduced the build. */
export function likelyReason({ reproduced, published, device }: CheckReport): string {
  if (reproduced) return '';
  if (device.precision === 'float16') {
    return 'This device computes with 16 bits, which keep three digits; the other computation had 32.';
  }
  if (published > tolerances.published) {
    return `The network itself answers differently on the same images, so the ${device.backend} arithmetic of this browser differs.`;
  }
  return 'The network answers alike on the same images; some gradients close to zero have another sign here.';
}

/** Largest difference of two numbers in the same place. */
function largestDifference(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}
