// What the reader can keep of a run: x* as a picture, and all its numbers.
import { signText } from '../../../compute/signs.ts';
import type { AttackResult } from '../session/example.ts';

/** x* in MNIST's polarity, 0 black and 255 white, as PNG of 28 by 28 pixels. */
export function pictureFile({ path }: AttackResult): Promise<Blob> {
  const pixels = path.at(-1)!.perturbed;
  const canvas = document.createElement('canvas');
  canvas.width = 28;
  canvas.height = 28;
  const data = new Uint8ClampedArray(4 * pixels.length);
  pixels.forEach((value, i) => {
    const byte = Math.round(255 * value);
    data.set([byte, byte, byte, 255], 4 * i);
  });
  canvas.getContext('2d')!.putImageData(new ImageData(data, 28), 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('the picture could not be written'));
    });
  });
}

/** Settings, image, signs, x* and predictions of a run, step by step, as a JSON file. */
export function vectorsFile({
  image,
  label,
  epsilon,
  clip,
  pixels,
  original,
  path,
  quantised,
}: AttackResult): Blob {
  const steps = path.map(({ signs, perturbed, prediction, loss }) => ({
    signs: signText(signs),
    perturbed: Array.from(perturbed),
    probabilities: prediction.probabilities,
    loss,
  }));
  const vectors = {
    image,
    label,
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
