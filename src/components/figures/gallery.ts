// The gallery: one image of each class, as it was and at each budget, with what the network predicts.
import { publishedResults, readResult } from '../../compute/results/readResult.ts';
import { argmax } from '../../compute/statistics.ts';
import { numberWord } from '../format.ts';
import type { FigureTable } from './figure.ts';

const names = ['gallery', 'defended-gallery'] as const;

/** The galleries: one for the first network, one for the network trained against the attack. */
export type GalleryName = (typeof names)[number];

/** Those of which there are results. */
export const galleryNames = names.filter((name) => publishedResults().includes(name));

/** What is predicted of the images of a gallery, by class, at each budget; the budget 0 holds the originals. */
export async function galleryRows(name: GalleryName) {
  const { images, epsilons } = await readResult(name);
  return [0, ...epsilons].map((epsilon, i) => ({
    epsilon,
    cells: images.map(({ label, original, perturbed }) => {
      const { probabilities } = [original, ...perturbed][i]!.prediction;
      const predicted = argmax(probabilities);
      return { label, predicted, probability: probabilities[predicted]! };
    }),
  }));
}

type GalleryRow = Awaited<ReturnType<typeof galleryRows>>[number];

/** "Misclassified of these ten images: nine at _ε_ = 0.1, ten at 0.3". */
export function galleryTitle(rows: readonly GalleryRow[]): string {
  const wrong = ({ cells }: GalleryRow) =>
    numberWord(cells.filter(({ label, predicted }) => predicted !== label).length);
  const [originals, first, last] = [rows[0]!, rows[1]!, rows.at(-1)!];
  return `Misclassified of these ${numberWord(originals.cells.length)} images: ${wrong(first)} at _ε_ = ${first.epsilon}, ${wrong(last)} at ${last.epsilon}`;
}

/** A row for each image. */
export async function galleryTable(name: GalleryName): Promise<FigureTable> {
  const rows = (await galleryRows(name)).flatMap(({ epsilon, cells }) =>
    cells.map(({ label, predicted, probability }) => [label, epsilon, predicted, probability]),
  );
  return { header: ['true class', 'epsilon', 'predicted class', 'probability'], rows };
}
