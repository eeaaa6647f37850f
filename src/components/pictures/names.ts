// Names of the report's pictures: NAME is served as pictures/NAME.png.
//
// On the page's polarity (ink on a transparent ground; changes in colour):
//   fgsm-original, fgsm-step (ε·sign ∇), fgsm-change (x* − x, clipped), fgsm-perturbed     ×10, 280 pixels
//   iterative-change, iterative-perturbed, of the last step                                ×10
//   iterative-0 … iterative-k, iterative-change-1 … iterative-change-k: the film strip     ×5, 140 pixels
//   flip-ε for the ε of the flip row: flip-0.125                                           ×3, 84 pixels
//   gallery-DIGIT, gallery-DIGIT-ε: gallery-7, gallery-7-0.1                               ×1
//   precision-image, precision-reference, precision-margin, precision-crossEntropy: the image with the most wrong
//   signs, and signs of its gradient; precision-wrong: where cross-entropy's differ from the reference   ×5
// In MNIST's polarity, for downloads:
//   download-fgsm-original, download-fgsm-perturbed, download-iterative-perturbed          ×10
//   download-fgsm-bytes, download-iterative-bytes: x* rounded to bytes, one pixel a pixel  ×1

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

/** Name of a picture of the gallery: perturbed at ε, or the original. */
export function galleryName(digit: number, epsilon?: number): string {
  return epsilon === undefined ? `gallery-${digit}` : `gallery-${digit}-${epsilon}`;
}
