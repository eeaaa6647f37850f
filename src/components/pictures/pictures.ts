// Every picture of the report, by name, out of the results.
import type { Example, Gallery, Precision } from '../../compute/results/schemas.ts';
import { changePicture } from './changePicture.ts';
import { digitPicture, type Picture } from './digitPicture.ts';
import { enlarge } from './enlarge.ts';
import { flipRow } from './flipRow.ts';
import { greyPicture } from './greyPicture.ts';
import { filmChangeName, filmName, flipName, galleryName } from './names.ts';
import { signValues, stepFromSigns } from './stepFromSigns.ts';

/** The results that pictures are made of. */
export interface PictureResults {
  'fgsm-example': Example;
  'iterative-example': Example;
  gallery: Gallery;
  precision: Precision;
}

/** All pictures of the report by name (see names.ts), enlarged by whole pixels; the gallery's forty are left to the page to enlarge. */
export function pictures(results: PictureResults): Map<string, Picture> {
  return new Map([
    ...attackPictures('fgsm', results['fgsm-example']),
    ...attackPictures('iterative', results['iterative-example']),
    ...filmPictures(results['iterative-example']),
    ...flipPictures(results['fgsm-example']),
    ...galleryPictures(results.gallery),
    ...precisionPictures(results.precision),
  ]);
}

type Named = [name: string, picture: Picture];

/** x* − x. */
function difference(perturbed: readonly number[], image: readonly number[]): number[] {
  return perturbed.map((value, i) => value - image[i]!);
}

/** Signs as a change of size 1. */
function signPicture(signs: string): Picture {
  return changePicture(signValues(signs), 1);
}

/** Image, step, change and x* of an attack, and its downloads. */
function attackPictures(
  attack: 'fgsm' | 'iterative',
  { original, path, epsilon, quantised }: Example,
): Named[] {
  const { image } = original;
  const last = path[path.length - 1]!;
  const bytes = (values: readonly number[]) => greyPicture(values.map((value) => Math.round(255 * value)));
  const own: Named[] =
    attack === 'fgsm'
      ? [
          ['fgsm-original', digitPicture(image)],
          ['fgsm-step', signPicture(last.signs)],
          ['download-fgsm-original', bytes(image)],
        ]
      : [];
  const large: Named[] = [
    ...own,
    [`${attack}-change`, changePicture(difference(last.perturbed, image), epsilon)],
    [`${attack}-perturbed`, digitPicture(last.perturbed)],
    [`download-${attack}-perturbed`, bytes(last.perturbed)],
  ];
  return [
    ...large.map(([name, picture]): Named => [name, enlarge(picture, 10)]),
    [`download-${attack}-bytes`, greyPicture(quantised.pixels)],
  ];
}

/** The image after each step, and the change so far on the scale of the whole attack. */
function filmPictures({ original, path, epsilon }: Example): Named[] {
  const images = [original.image, ...path.map(({ perturbed }) => perturbed)];
  return images.flatMap((image, step): Named[] => {
    const after: Named = [filmName(step), enlarge(digitPicture(image), 5)];
    if (step === 0) return [after];
    const change = changePicture(difference(image, original.image), epsilon);
    return [after, [filmChangeName(step), enlarge(change, 5)]];
  });
}

/** x* of one step at each ε of the flip row, from the signs of the first step. */
function flipPictures(example: Example): Named[] {
  const { signs } = example.path[0]!;
  return flipRow(example).map(({ epsilon }): Named => {
    const perturbed = stepFromSigns(example.original.image, signs, epsilon);
    return [flipName(epsilon), enlarge(digitPicture(perturbed), 3)];
  });
}

/** One image of each class, and what it becomes at each ε. */
function galleryPictures({ images, epsilons }: Gallery): Named[] {
  return images.flatMap(({ label, original, perturbed }): Named[] => [
    [galleryName(label), digitPicture(original.image)],
    ...perturbed.map(({ image }, i): Named => [galleryName(label, epsilons[i]), digitPicture(image)]),
  ]);
}

/** The image with the most wrong signs, the signs of its three gradients, and where cross-entropy's are wrong. */
function precisionPictures({ worst }: Precision): Named[] {
  const wrong = Array.from(worst.crossEntropy, (sign, i) => (sign === worst.reference[i] ? 0 : 1));
  const named: Named[] = [
    ['precision-image', digitPicture(worst.image)],
    ['precision-reference', signPicture(worst.reference)],
    ['precision-margin', signPicture(worst.margin)],
    ['precision-crossEntropy', signPicture(worst.crossEntropy)],
    ['precision-wrong', digitPicture(wrong)],
  ];
  return named.map(([name, picture]) => [name, enlarge(picture, 5)]);
}
