// What the reader can keep of a run: x* as a picture, and all its numbers.
import { encodePng } from '../../pictures/encodePng.ts';
import { greyPicture } from '../../pictures/picture.ts';
import { signText } from '../../../compute/signs.ts';
import type { AttackResult } from '../session/example.ts';

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
 * @param network its name; the report's own has none
 */
export function vectorsFile(
  { image, label, target, epsilon, clip, pixels, original, path, quantised }: AttackResult,
  network?: string,
): Blob {
  const steps = path.map(({ signs, perturbed, prediction, loss }) => ({
    signs: signText(signs),
    perturbed: Array.from(perturbed),
    probabilities: prediction.probabilities,
    loss,
  }));
  const vectors = {
    network,
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
  return new Blob([JSON.stringify(vectors, undefined, 1)], { type: 'application/json' });
}

/** Hands a file to the reader. */
export function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 1000);
}
