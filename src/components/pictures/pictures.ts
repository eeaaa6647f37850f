// Every picture of the report out of the results, by the name under which it is served: pictures/NAME.png.
import type { Example, Gallery, Precision } from '../../compute/results/schemas.ts';
import { replay, signsFromText } from '../../compute/signs.ts';
import { flipRow } from './flipRow.ts';
import { changePicture, digitPicture, enlarge, greyPicture, type Picture } from './picture.ts';

type Named = [name: string, picture: Picture];

/** Name of the image after a step of the iterative attack; step 0 is the original. */
export function filmName(step: number): string {
  return `iterative-${step}`;
}

/** Name of the change up to a step of the iterative attack. */
export function filmChangeName(step: number): string {
  return `iterative-change-${step}`;
}

/** Name of a thumbnail of the flip row. */
export function flipName(epsilon: number): string {
  return `flip-${epsilon}`;
}

/** Name of a picture of a gallery at ε; ε = 0 is the original. */
export function galleryName(gallery: string, digit: number, epsilon: number): string {
  return `${gallery}-${digit}-${epsilon}`;
}

/** All pictures of the report, enlarged by whole pixels; the gallery's are left to the page to enlarge. */
export function pictures(results: {
  fgsm: Example;
  iterative: Example;
  gallery: Gallery;
  /** None of an imported network. */
  defendedGallery: Gallery | undefined;
  precision: Precision;
}): Map<string, Picture> {
  const { fgsm, iterative, gallery, defendedGallery, precision } = results;
  return new Map([
    ...enlarged(10, stepPictures(fgsm)),
    ...enlarged(5, filmPictures(iterative)),
    ...downloads('fgsm', fgsm),
    ...downloads('iterative', iterative),
    ...enlarged(3, flipPictures(fgsm)),
    ...galleryPictures('gallery', gallery),
    ...(defendedGallery ? galleryPictures('defended-gallery', defendedGallery) : []),
    ...enlarged(5, precisionPictures(precision)),
  ]);
}

function enlarged(scale: number, named: Named[]): Named[] {
  return named.map(([name, picture]) => [name, enlarge(picture, scale)]);
}

/** x* − x, on the scale of the whole attack. */
function changeOf(perturbed: readonly number[], { original, epsilon }: Example): Picture {
  return changePicture(
    perturbed.map((value, i) => value - original.image[i]!),
    epsilon,
  );
}

/** Signs as a change of size 1. */
function signPicture(signs: string): Picture {
  return changePicture(signsFromText(signs), 1);
}

/** Image, step, change and x* of question 1. */
function stepPictures(example: Example): Named[] {
  const { signs, perturbed } = example.path[0]!;
  return [
    ['fgsm-original', digitPicture(example.original.image)],
    ['fgsm-step', signPicture(signs)],
    ['fgsm-change', changeOf(perturbed, example)],
    ['fgsm-perturbed', digitPicture(perturbed)],
  ];
}

/** The film strip of question 3: the image after each step, and the change so far. */
function filmPictures(example: Example): Named[] {
  const after = example.path.flatMap(({ perturbed }, i): Named[] => [
    [filmName(i + 1), digitPicture(perturbed)],
    [filmChangeName(i + 1), changeOf(perturbed, example)],
  ]);
  return [[filmName(0), digitPicture(example.original.image)], ...after];
}

/** x* rounded to bytes in MNIST's own polarity, as large as the page shows it and one pixel a pixel. */
function downloads(attack: 'fgsm' | 'iterative', { quantised }: Example): Named[] {
  const bytes = greyPicture(quantised.pixels);
  return [
    [`download-${attack}-perturbed`, enlarge(bytes, 10)],
    [`download-${attack}-bytes`, bytes],
  ];
}

/** x* of one step at each ε of the flip row, from the signs of the first step. */
function flipPictures(example: Example): Named[] {
  const image = Float32Array.from(example.original.image);
  const { signs } = example.path[0]!;
  return flipRow(example).map(({ epsilon }): Named => {
    const [perturbed] = replay(image, [signsFromText(signs)], { epsilon });
    return [flipName(epsilon), digitPicture(perturbed!)];
  });
}

/** One image of each class, and what it becomes at each ε. */
function galleryPictures(name: string, { images, epsilons }: Gallery): Named[] {
  return images.flatMap(({ label, original, perturbed }): Named[] => [
    [galleryName(name, label, 0), digitPicture(original.image)],
    ...perturbed.map(({ image }, i): Named => [galleryName(name, label, epsilons[i]!), digitPicture(image)]),
  ]);
}

/** The image with the most wrong signs, the signs of its gradients, and where both forms of the cross-entropy are wrong. */
function precisionPictures({ worst }: Precision): Named[] {
  const { reference, float32 } = worst;
  const { margin, logSoftmax, crossEntropy } = float32;
  const wrong = Array.from(reference, (sign, i) =>
    Number(sign !== logSoftmax[i] && sign !== crossEntropy[i]),
  );
  return [
    ['precision-image', digitPicture(worst.image)],
    ['precision-reference', signPicture(reference)],
    ['precision-margin', signPicture(margin)],
    ['precision-logSoftmax', signPicture(logSoftmax)],
    ['precision-crossEntropy', signPicture(crossEntropy)],
    ['precision-wrong', digitPicture(wrong)],
  ];
}
