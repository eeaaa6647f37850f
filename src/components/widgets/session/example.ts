// The build's result in the form in which a page carries it, and the form in which the components show it.
import { replay, signsFromText } from '../../../compute/signs.ts';
import type { EpsilonCurve } from './epsilonCurve.ts';
import type { AttackRun } from './protocol.ts';

/** What the network says of one image, and the loss of the label. */
export interface Reading {
  prediction: { probabilities: number[] };
  loss: number;
}

/** One image under attack as the build computed it; x* follows from the signs. */
export interface BuiltExample {
  index: number;
  label: number;
  epsilon: number;
  /** The 784 bytes in base64. */
  image: string;
  /** "-", "0" or "+" for each pixel, step by step. */
  signs: string[];
  original: Reading;
  path: Reading[];
  quantised: number[];
  /** Its lists as text, a space between the numbers: an island's props spell out each number's type. */
  curve: Record<keyof EpsilonCurve, string>;
}

/** One image under attack, as the components show it. */
export interface AttackResult {
  /** Index of the test image, or the reader's own drawing. */
  image: number | 'drawn';
  label: number;
  /** Whether the label is the prediction, for want of a true one. */
  labelFromPrediction: boolean;
  /** The class that the attack moved towards, if it was targeted. */
  target?: number | undefined;
  epsilon: number;
  clip: boolean;
  pixels: Float32Array;
  original: Reading;
  path: (Reading & Pick<AttackRun['path'][number], 'signs' | 'perturbed'>)[];
  /** Probabilities of x* in bytes; undefined until they are computed. */
  quantised?: number[];
}

/** Bytes in base64 as pixels in [0, 1]. */
export function pixelsFromBase64(text: string): Float32Array {
  return Float32Array.from(atob(text), (character) => character.charCodeAt(0) / 255);
}

/** The build's result as it is shown. */
export function builtResult(example: BuiltExample): AttackResult {
  const { index, label, epsilon, image, signs, original, path, quantised } = example;
  const pixels = pixelsFromBase64(image);
  const taken = signs.map(signsFromText);
  const points = replay(pixels, taken, { epsilon });
  return {
    image: index,
    label,
    labelFromPrediction: false,
    epsilon,
    clip: true,
    pixels,
    original,
    path: path.map((reading, i) => ({ ...reading, signs: taken[i]!, perturbed: points[i]! })),
    quantised,
  };
}

/** Whether x* is a picture: without the clip its values may leave [0, 1]. */
export function isPicture({ path }: Pick<AttackResult, 'path'>): boolean {
  return path.at(-1)!.perturbed.every((value) => value >= 0 && value <= 1);
}

/** Share of the pixels that the clip to [0, 1] stopped in some step on the way from x to x*. */
export function clippedShare({
  pixels,
  path,
  epsilon,
}: Pick<AttackResult, 'pixels' | 'path' | 'epsilon'>): number {
  const stepSize = epsilon / path.length;
  const stopped = new Set<number>();
  path.forEach(({ signs }, step) => {
    const point = path[step - 1]?.perturbed ?? pixels;
    signs.forEach((sign, i) => {
      const wanted = point[i]! + sign * stepSize;
      if (wanted < -1e-6 || wanted > 1 + 1e-6) stopped.add(i);
    });
  });
  return stopped.size / pixels.length;
}
