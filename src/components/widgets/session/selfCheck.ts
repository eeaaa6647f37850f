// The browser repeats the report's own example and further images of the build, and compares: the forward pass on the
// published x and x* apart from the browser's own attack, so that a difference can be traced.
import type { WidgetCheck } from '../../../compute/results/schemas.ts';
import { replay, signsFromText, signText } from '../../../compute/signs.ts';
import { argmax } from '../../../compute/statistics.ts';
import { count } from '../../format.ts';
import type { Engine } from './engine.ts';
import { pixelsFromBase64, type BuiltExample } from './view.ts';
import type { Done } from './protocol.ts';
import { fetchJson, once, type SiteFile, type Tell } from './siteFile.ts';
import { deviceWords, duration, messageOf, tiny, type Status } from './status.ts';

/** When a run of a browser counts as the build's: what may differ, and by how much. */
const tolerances = {
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

export type CheckReport = ReturnType<typeof compareRuns>;

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
    perturbed: stored.perturbed.map((p, digit) => ({ stored: p, here: own[digit]! })),
    /** Pixels whose sign differs in the last step. */
    differingPixels: differing.at(-1)!,
    device,
    /** Time of the attack itself, gradient included. */
    milliseconds,
  };
}

/** The likely reason of a difference, in a sentence. */
export function likelyReason({ published, device }: CheckReport): string {
  if (device.precision === 'float16') {
    return 'This device computes with 16 bits, which keep three digits; the other computation had 32.';
  }
  if (published > tolerances.published) {
    return `The network itself answers differently on the same images, so the ${device.backend} arithmetic of this browser differs.`;
  }
  return 'The network answers alike on the same images; some gradients close to zero have another sign here.';
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}
