import { crossEntropy } from '../../attacks/crossEntropy.ts';
import { inputGradient } from '../../attacks/inputGradient.ts';
import { createReference } from '../../networks/referenceGradient.ts';
import { signString } from '../attackImage.ts';
import { PIXELS } from '../../networks/layers.ts';
import { onDigits, type DigitsArguments } from './onDigits.ts';

/** Signs of one image's input gradient, three ways, and 1 − p of its true class. */
export interface ComparedSigns {
  doubt: number;
  reference: string;
  margin: string;
  crossEntropy: string;
}

/** Signs of the float64 reference and of float32 with the margin and with plain cross-entropy. */
export function compareSigns(digits: DigitsArguments): ComparedSigns[] {
  return onDigits(digits, (classifier, images, labels) => {
    const pixels = images.dataSync();
    const reference = createReference(digits.network);
    const [margin, plain] = [
      inputGradient(classifier, images, labels),
      inputGradient(classifier, images, labels, { loss: crossEntropy }),
    ].map((gradient) => {
      const values = gradient.dataSync();
      gradient.dispose();
      return values;
    });
    return Array.from(digits.labels, (label, i) => {
      const slice = (values: ArrayLike<number>) =>
        Array.prototype.slice.call(values, i * PIXELS, (i + 1) * PIXELS) as number[];
      const { gradient, doubt } = reference(slice(pixels), label);
      return {
        doubt,
        reference: signString(gradient),
        margin: signString(slice(margin!)),
        crossEntropy: signString(slice(plain!)),
      };
    });
  });
}
