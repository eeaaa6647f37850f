// The answers as files that a reader can keep.
import { stepsName } from '../../format.ts';
import type { Answers } from '../session/answerQuestions.ts';
import { accuracies } from '../session/curveRun.ts';
import type { OpenedNetwork } from '../session/openNetwork.ts';

/** The answers with all that they rest on: the network by its SHA-256, its units, the vectors, and each prediction. */
export function answersJson(
  { runs, curves, device }: Answers,
  { description, units, view }: OpenedNetwork,
): string {
  const { image, label, epsilon } = view.result;
  const answers = {
    network: { name: view.network!.name, ...description, units },
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
  return JSON.stringify(answers, undefined, 1);
}

/** ε and the accuracy of each curve, here and in the report. */
export function answersCsv({ curves }: Answers): string {
  const columns = curves.flatMap(({ steps, labels, predicted, published }) => [
    { name: stepsName(steps), values: accuracies(labels, predicted) },
    { name: `${stepsName(steps)} (report)`, values: accuracies(labels, published) },
  ]);
  const lines = curves[0]!.epsilons.map((epsilon, i) => [epsilon, ...columns.map(({ values }) => values[i])]);
  return (
    [['epsilon', ...columns.map(({ name }) => name)], ...lines].map((line) => line.join()).join('\n') + '\n'
  );
}

const drawn = 'fill stroke stroke-width stroke-dasharray stroke-linejoin paint-order opacity text-anchor'
  .concat(' font-family font-size font-weight font-style')
  .split(' ');
/** Pixels of a picture for one of the drawing. */
const scale = 2;

/** A drawing of the page as PNG, in the colours in which it stands there. */
export async function drawingPicture(svg: SVGSVGElement): Promise<Blob> {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const { width, height } = svg.viewBox.baseVal;
  const elements = [...svg.querySelectorAll<SVGElement>('*')];
  copy.querySelectorAll<SVGElement>('*').forEach((element, i) => {
    const style = getComputedStyle(elements[i]!);
    for (const property of drawn) element.style.setProperty(property, style.getPropertyValue(property));
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(scale * width));
  copy.setAttribute('height', String(scale * height));
  const picture = new Image();
  picture.src = `data:image/svg+xml,${encodeURIComponent(copy.outerHTML)}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [scale * width, scale * height];
  const context = canvas.getContext('2d')!;
  context.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((file) => (file ? resolve(file) : reject(new Error('no picture'))), 'image/png');
  });
}
