// The build's result in the form in which a page carries it, and the form in which the components show it.
import type { AttackRun } from './protocol.ts';
import { replay, signsFromText } from '../../../compute/signs.ts';

/** What the network says of one image, and the loss of the label. */
export interface Reading {
  probabilities: number[];
  loss: number;
}

/** p of the true class and of its strongest rival along ε, and what is read. */
export interface Along {
  epsilons: number[];
  label: number[];
  rival: number[];
  verdicts: number[];
}

/** One image under attack as the build computed it; x* follows from the signs. */
export interface BuiltExample {
  index: number;
  label: number;
  epsilon: number;
  steps: number;
  /** The 784 bytes in base64. */
  image: string;
  /** "-", "0" or "+" for each pixel, step by step. */
  signs: string[];
  original: Reading;
  path: Reading[];
  quantised: number[];
  along: Along;
}

/** One image under attack, as the components show it. */
export interface Shown {
  /** Index of the test image, or the reader's own drawing. */
  image: number | 'drawn';
  label: number;
  /** Whether the label is the prediction, for want of a true one. */
  labelFromPrediction: boolean;
  epsilon: number;
  clip: boolean;
  pixels: Float32Array;
  original: Reading;
  path: (Reading & { signs: Int8Array; perturbed: Float32Array })[];
  /** Probabilities of x* in bytes; undefined until they are computed. */
  quantised: number[] | undefined;
}

/** Bytes in base64 as pixels in [0, 1]. */
export function pixelsFromBase64(text: string): Float32Array {
  return Float32Array.from(atob(text), (character) => character.charCodeAt(0) / 255);
}

/** The build's result as it is shown. */
export function shownExample(example: BuiltExample): Shown {
  const pixels = pixelsFromBase64(example.image);
  const signs = example.signs.map(signsFromText);
  const points = replay(pixels, signs, { epsilon: example.epsilon, clip: true });
  return {
    image: example.index,
    label: example.label,
    labelFromPrediction: false,
    epsilon: example.epsilon,
    clip: true,
    pixels,
    original: example.original,
    path: example.path.map((reading, i) => ({ ...reading, signs: signs[i]!, perturbed: points[i]! })),
    quantised: example.quantised,
  };
}

/** A run of this browser as it is shown. */
export function shownRun(
  { label, original, path }: AttackRun,
  about: Pick<Shown, 'image' | 'epsilon' | 'clip' | 'pixels' | 'labelFromPrediction'>,
): Shown {
  return {
    ...about,
    label,
    original: { probabilities: original.prediction.probabilities, loss: original.loss },
    path: path.map(({ signs, perturbed, prediction, loss }) => ({
      signs,
      perturbed,
      probabilities: prediction.probabilities,
      loss,
    })),
    quantised: undefined,
  };
}

/** Share of the pixels that the clip to [0, 1] kept from moving by ε in all, of those that a gradient moved. */
export function clippedShare({ pixels, path, epsilon }: Pick<Shown, 'pixels' | 'path' | 'epsilon'>): number {
  const stepSize = epsilon / path.length;
  let clipped = 0;
  let point = pixels;
  const stopped = new Uint8Array(pixels.length);
  for (const { signs, perturbed } of path) {
    for (let i = 0; i < pixels.length; i++) {
      const wanted = point[i]! + signs[i]! * stepSize;
      if (wanted < -1e-6 || wanted > 1 + 1e-6) stopped[i] = 1;
    }
    point = perturbed;
  }
  for (const flag of stopped) clipped += flag;
  return clipped / pixels.length;
}
