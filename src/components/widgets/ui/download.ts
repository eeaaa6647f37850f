// What the reader can keep: x* of a run as a picture, all its numbers, and the answers about a network.
import { encodePng } from '../../pictures/encodePng.ts';
import { greyPicture } from '../../pictures/picture.ts';
import { signText } from '../../../compute/signs.ts';
import { stepsName } from '../../format.ts';
import type { Answers } from '../session/answerQuestions.ts';
import { accuracies } from '../session/curveRun.ts';
import type { OpenedNetwork } from '../session/openNetwork.ts';
import type { AttackResult, NamedNetwork } from '../session/view.ts';

/**
 * x* in MNIST's polarity, 0 black and 255 white, as PNG of 28 by 28 pixels. It is written from its numbers: some browsers
 * disturb what is read from a canvas.
 *
 * @throws if a value is not in [0, 1]
 */
export function pictureFile({ path }: AttackResult): Blob {
  const bytes = path.at(-1)!.perturbed.map((value) => Math.round(255 * value));
  return new Blob([encodePng(greyPicture(bytes))], { type: 'image/png' });
}

/**
 * Settings, image, signs, x* and predictions of a run, step by step, as a JSON file.
 *
 * @param network which; the report's own if left out
 */
export function vectorsFile(
  { image, label, target, epsilon, clip, pixels, original, path, quantised }: AttackResult,
  network?: NamedNetwork,
): Blob {
  const steps = path.map(({ signs, perturbed, prediction, loss }) => ({
    signs: signText(signs),
    perturbed: Array.from(perturbed),
    probabilities: prediction.probabilities,
    loss,
  }));
  const vectors = {
    network: network && { name: network.name, sha256: network.sha256, units: network.units },
    image,
    label,
    target,
    epsilon,
    steps: path.length,
    clip,
    original: {
      image: Array.from(pixels),
      probabilities: original.prediction.probabilities,
      loss: original.loss,
    },
    path: steps,
    quantised: quantised && { probabilities: quantised },
  };
  return jsonFile(vectors);
}

/** The answers with all that they rest on: the network by its SHA-256, its units, the vectors, and each prediction. */
export function answersJson(
  { runs, curves, device }: Answers,
  { description, units, view }: OpenedNetwork,
): Blob {
  const { image, label, epsilon } = view.result;
  const { multiplications: _, ...described } = description;
  const answers = {
    network: { name: view.network!.name, ...described, units },
    device,
    example: {
      image,
      label,
      epsilon,
      original: runs[0]!.original.prediction,
      attacks: runs.map(({ path }) => ({ steps: path.length, perturbed: path.at(-1)!.prediction })),
    },
    curves: curves.map(({ published: _, ...curve }) => ({
      ...curve,
      accuracy: accuracies(curve.labels, curve.predicted),
    })),
  };
  return jsonFile(answers);
}

/** ε and the accuracy of each curve, here and in the report. */
export function answersCsv({ curves }: Answers): Blob {
  const columns = curves.flatMap(({ steps, labels, predicted, published }) => [
    { name: stepsName(steps), values: accuracies(labels, predicted) },
    { name: `${stepsName(steps)} (report)`, values: accuracies(labels, published) },
  ]);
  const lines = curves[0]!.epsilons.map((epsilon, i) => [epsilon, ...columns.map(({ values }) => values[i])]);
  const table = [['epsilon', ...columns.map(({ name }) => name)], ...lines];
  return new Blob(
    table.map((line) => `${line.join()}\n`),
    { type: 'text/csv' },
  );
}

const drawn = 'fill stroke stroke-width stroke-dasharray stroke-linejoin paint-order opacity text-anchor'
  .concat(' font-family font-size font-weight font-style')
  .split(' ');

/** A drawing of the page as SVG that stands alone, in its colours and on its ground. */
export function drawingFile(svg: SVGSVGElement): Blob {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const elements = [...svg.querySelectorAll('*')];
  copy.querySelectorAll<SVGElement>('*').forEach((element, i) => {
    const style = getComputedStyle(elements[i]!);
    for (const property of drawn) element.style.setProperty(property, style.getPropertyValue(property));
  });
  const ground = getComputedStyle(document.documentElement).backgroundColor;
  copy.insertAdjacentHTML('afterbegin', `<rect width="100%" height="100%" fill="${ground}"/>`);
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' });
}

function jsonFile(content: object): Blob {
  return new Blob([JSON.stringify(content, undefined, 1)], { type: 'application/json' });
}
