// The gallery as rows: one for the originals, one for each budget.
import { argmax } from '../compute/statistics.ts';
import { readResult } from '../compute/results/readResult.ts';
import { galleryName } from '../components/pictures/names.ts';

/** One image of the gallery and what the network reads in it. */
export interface GalleryCell {
  label: number;
  read: number;
  probability: number;
  /** Name of its picture, without folder and ending. */
  picture: string;
}

/** Images at one budget, by class; the budget 0 holds the originals. */
export interface GalleryRow {
  epsilon: number;
  cells: GalleryCell[];
}

/** Rows of the gallery, the originals first. */
export async function galleryRows(): Promise<GalleryRow[]> {
  const { images, epsilons } = await readResult('gallery');
  const cell = (label: number, probabilities: readonly number[], epsilon?: number): GalleryCell => {
    const read = argmax(probabilities);
    return { label, read, probability: probabilities[read]!, picture: galleryName(label, epsilon) };
  };
  return [
    {
      epsilon: 0,
      cells: images.map(({ label, original }) => cell(label, original.prediction.probabilities)),
    },
    ...epsilons.map((epsilon, i) => ({
      epsilon,
      cells: images.map(({ label, perturbed }) =>
        cell(label, perturbed[i]!.prediction.probabilities, epsilon),
      ),
    })),
  ];
}
