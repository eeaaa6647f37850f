// Whether a browser's run is the build's: the forward pass on the published images apart from the
// browser's own attack, so that a difference can be traced.
import { argmax } from '../../../compute/statistics.ts';
import type { AttackRun, Device } from './protocol.ts';
import { signsFromText } from '../../../compute/signs.ts';
import { tolerances } from './tolerances.ts';

/** What is compared: the build's numbers of one image. */
export interface Expected {
  label: number;
  /** "-", "0" or "+" for each pixel, step by step. */
  signs: string[];
  /** Probabilities of x and of x*. */
  original: number[];
  perturbed: number[];
}

/** One number of both. */
export interface Difference {
  what: string;
  stored: string;
  here: string;
  difference: string;
}

/** What a check found. */
export interface CheckReport {
  reproduced: boolean;
  /** What is read on x* here. */
  verdict: number;
  sameLabels: boolean;
  signsAgree: number;
  signs: number;
  /** Largest difference of a probability on the browser's own x*, and on the published x and x*. */
  own: number;
  published: number;
  differences: Difference[];
  /** Pixels whose sign differs in the last step. */
  differingPixels: number[];
}

/**
 * Compares a run with the build's.
 *
 * @param here the browser's probabilities on the published x and x*, and its own attack
 * @throws if the number of steps differs
 */
export function compareRuns(
  expected: Expected,
  here: { original: readonly number[]; perturbed: readonly number[]; run: AttackRun },
): CheckReport {
  const { run } = here;
  if (run.path.length !== expected.signs.length) {
    throw new RangeError(`invalid run: ${run.path.length} steps, expected ${expected.signs.length}`);
  }
  const stored = expected.perturbed;
  const last = run.path[run.path.length - 1]!;
  let signsAgree = 0;
  let differingPixels: number[] = [];
  expected.signs.forEach((text, step) => {
    const signs = signsFromText(text);
    differingPixels = [];
    signs.forEach((sign, i) => {
      if (sign === run.path[step]!.signs[i]) signsAgree++;
      else differingPixels.push(i);
    });
  });
  const signs = expected.signs.reduce((sum, text) => sum + text.length, 0);
  const published = Math.max(
    largestDifference(expected.original, here.original),
    largestDifference(stored, here.perturbed),
  );
  const own = Math.max(
    largestDifference(expected.original, run.original.prediction.probabilities),
    largestDifference(stored, last.prediction.probabilities),
  );
  const verdict = argmax(last.prediction.probabilities);
  const sameLabels =
    verdict === argmax(stored) &&
    argmax(here.perturbed) === argmax(stored) &&
    argmax(here.original) === argmax(expected.original);
  const reproduced =
    sameLabels &&
    signsAgree >= tolerances.signs * signs &&
    own <= tolerances.own &&
    published <= tolerances.published;
  const differences = stored.map((p, digit) => {
    const mine = last.prediction.probabilities[digit]!;
    return {
      what: `p(${digit}) on x*`,
      stored: String(p),
      here: String(mine),
      difference: Math.abs(p - mine).toExponential(1),
    };
  });
  return { reproduced, verdict, sameLabels, signsAgree, signs, own, published, differences, differingPixels };
}

/** The likely reason of a difference, in a sentence; empty if the run reproduced the build. */
export function likelyReason(report: CheckReport, { backend, precision }: Device): string {
  if (report.reproduced) return '';
  if (precision === 'float16') {
    return 'This device computes with 16 bits, which keep three digits; the build used 32.';
  }
  if (report.published > tolerances.published) {
    return `The network itself answers differently on the published images, so the ${backend} arithmetic of this browser differs.`;
  }
  return 'The network answers alike on the published images; some gradients close to zero have another sign here.';
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}
