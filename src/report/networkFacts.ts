// What the pages say of the network: facts for the prose, and the table of its layers.
import { aDigit, count, listed, numberWord, percent } from '../components/format.ts';
import { accuracy, confusion } from '../compute/results/curve.ts';
import type { Evaluation, Imported } from '../compute/results/schemas.ts';
import { publishedNetwork } from '../compute/experiments/publishedNetwork.ts';
import {
  layerShapes,
  parameterCount,
  weightSpecs,
  type Layer,
  type LayerShapes,
  type Window,
} from '../compute/networks/layers.ts';

/** Facts of the network, of where it comes from, and of its mistakes on the test set. */
export function networkFacts(
  { labels, predicted }: Evaluation,
  layers: readonly Layer[],
  imported: Imported | undefined,
) {
  const test = accuracy(labels, predicted);
  return {
    parameters: count(parameterCount(weightSpecs(layers))),
    kinds: kindsOf(layers),
    ...originFacts(imported),
    testImages: count(labels.length),
    testAccuracy: percent(test.value, 2),
    testInterval: `${percent(test.low, 2)} to ${percent(test.high, 2)}`,
    testWrong: count(labels.length - Math.round(test.value * labels.length)),
    mistake: mostCommonMistake(labels, predicted),
  };
}

/** The most frequent mistakes, all of them where several are as frequent: a sentence without its full stop. */
export function mostCommonMistake(labels: string, predicted: string): string {
  const cells = confusion(labels, predicted).flatMap((row, truth) =>
    row.map((images, target) => ({
      images: truth === target ? 0 : images,
      words: `${aDigit(truth)} predicted as ${aDigit(target)}`,
    })),
  );
  const most = Math.max(...cells.map(({ images }) => images));
  const worst = cells.filter(({ images }) => images === most);
  const times = ['', 'once', 'twice'][most] ?? `${numberWord(most)} times`;
  if (most === 0) return 'There is no mistake';
  if (worst.length === 1) return `The most common mistake is ${worst[0]!.words}, ${times}`;
  if (worst.length > 3) return `No mistake is made more than ${times}`;
  return `The most common mistakes, ${times} each, are ${listed(worst.map(({ words }) => words))}`;
}

/** How many layers with weights: "two convolutional and two dense layers". */
function kindsOf(layers: readonly Layer[]): string {
  const kinds = { conv: 'convolutional', dense: 'dense' };
  const counts = Object.entries(kinds).flatMap(([kind, word]) => {
    const found = layers.filter((layer) => layer.kind === kind).length;
    return found === 0 ? [] : [{ found, words: `${numberWord(found)} ${word}` }];
  });
  return `${listed(counts.map(({ words }) => words))} ${counts.at(-1)?.found === 1 ? 'layer' : 'layers'}`;
}

function originFacts(imported: Imported | undefined) {
  if (!imported) {
    return { origin: 'was trained once with a fixed seed', how: '' };
  }
  const { file, sha256, units, unitsGiven, accuracies, images, notes } = imported;
  const tried = Object.entries(accuracies).map(
    ([name, value]) => `${percent(value)} with ${unitWords[name] ?? name}`,
  );
  const chosen = `Its input takes ${unitWords[units] ?? units}, ${unitsGiven ? 'as was said' : 'the best of those tried'}`;
  return {
    origin: `was imported from the file ${file}`,
    how: [
      `The file ${file} has the SHA-256 ${sha256}.`,
      `${chosen}: on ${count(images)} test images it classifies ${listed(tried)} correctly.`,
      ...notes,
    ].join(' '),
  };
}

/** The units of a network's input, in words. */
const unitWords: Readonly<Record<string, string>> = {
  '0..1': 'pixels from 0 to 1',
  '0..255': 'pixels from 0 to 255',
  mnist: 'pixels standardised with MNIST’s mean and standard deviation',
  '-1..1': 'pixels from −1 to 1',
};

/** One row for each layer, and the sum. */
export async function layerRows(): Promise<(string | number)[][]> {
  const { layers } = await publishedNetwork();
  const rows = layerShapes(layers).map((shapes, i) => [
    layers[i]!.name,
    describe(layers[i]!, shapes),
    shapes.outputShape.join(' × '),
    count(parameterCount(shapes.weights)),
  ]);
  return [...rows, ['Sum', '', '', count(parameterCount(weightSpecs(layers)))]];
}

function describe(layer: Layer, { inputShape }: LayerShapes): string {
  switch (layer.kind) {
    case 'conv':
      return `convolution ${layer.size.join(' × ')}, ${layer.channels} channels, ${stride(layer)}`;
    case 'averagePool':
      return `average pool ${layer.size.join(' × ')}, ${stride(layer)}`;
    case 'maxPool':
      return `max pool ${layer.size.join(' × ')}, ${stride(layer)}`;
    case 'dense':
      return `dense ${inputShape.join(' × ')} × ${layer.units}`;
    case 'relu':
      return 'ReLU, max(0, ·)';
    case 'scale':
      return `scale, · × ${layer.factor} + ${layer.offset}`;
    case 'tanh':
    case 'sigmoid':
    case 'flatten':
      return layer.kind;
  }
}

function stride({ strides, padding }: Window): string {
  return `stride ${[...new Set(strides)].join(' × ')}, ${padding.toUpperCase()}`;
}
