// What a widget shows: one image under attack. The build's comes with the page, in a form of few bytes.
import { replay, signsFromText } from '../../../compute/signs.ts';
import { argmax, runnerUp } from '../../../compute/statistics.ts';
import type { InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import type { AttackRun } from './protocol.ts';
import { firstState, type WidgetState } from './state.ts';
import type { Status } from './status.ts';

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

/** p of the true class and of its rival along ε, and the predicted class: the strongest of the others, or the target. */
export interface EpsilonCurve {
  epsilons: number[];
  label: number[];
  rival: number[];
  predicted: number[];
}

/** A network beside the report's own. */
export interface NamedNetwork {
  name: string;
  /** Its name in addresses; a reader's own file has none. */
  address?: string | undefined;
  /** The units of its input, and the SHA-256 of its files. */
  units: InputUnits;
  sha256: string;
}

export interface View {
  /** The network that all of it is of; the report's own if left out. */
  network?: NamedNetwork;
  state: WidgetState;
  result: AttackResult;
  /** Whether the result is the build's own. */
  built: boolean;
  /** A sentence stands in for a curve that is not there. */
  curve: EpsilonCurve | string;
  status: Status;
}

/** The build's result, as it is shown before anything has run. */
export function builtView(example: BuiltExample): View {
  const { index, epsilon, path, curve } = example;
  return {
    state: firstState(index, epsilon, path.length),
    result: builtResult(example),
    built: true,
    curve: curveFromText(curve),
    status: { state: 'static', details: 'Not yet re-run in this browser.' },
  };
}

function curveFromText(curve: BuiltExample['curve']): EpsilonCurve {
  const lists = Object.entries(curve).map(([name, text]) => [name, text.split(' ').map(Number)] as const);
  return Object.fromEntries(lists) as unknown as EpsilonCurve;
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

/** The curve of an image from its probabilities at each ε. */
export function epsilonCurve(
  points: readonly ({ epsilon: number } & Pick<Reading, 'prediction'>)[],
  label: number,
  target?: number,
): EpsilonCurve {
  const vectors = points.map(({ prediction }) => prediction.probabilities);
  return {
    epsilons: points.map(({ epsilon }) => epsilon),
    label: vectors.map((p) => p[label]!),
    rival: vectors.map((p) => p[target ?? runnerUp(p, label)]!),
    predicted: vectors.map((p) => argmax(p)),
  };
}

/** The places along ε where the prediction changes, each between two ε of the curve. */
export function predictionChanges({ epsilons, predicted }: Pick<EpsilonCurve, 'epsilons' | 'predicted'>) {
  return predicted.flatMap((to, i) => {
    const from = predicted[i - 1] ?? to;
    return from === to ? [] : [{ before: epsilons[i - 1]!, epsilon: epsilons[i]!, from, to }];
  });
}
