import * as tf from '@tensorflow/tfjs-core';
import { margin } from '../../../compute/attacks/margin.ts';
import { CLASSES, PIXELS } from '../../../compute/data/shape.ts';
import { forward, imageTensor } from '../../../compute/networks/forward.ts';
import { signsOf } from '../../../compute/signs.ts';

/** Multiples of 1/1024 below 1, which 16 bits hold as well. */
const known = Float32Array.from({ length: PIXELS }, (_, i) => i / 1024);

/** A weight of either sign for each pixel, 1/4096 and less. */
const slopes = Float32Array.from(known, (_, i) => (i % 3 === 0 ? -1 : 1) / (4096 * (1 + (i % 5))));

/**
 * Whether the backend gives back the numbers that it is given, and takes the right gradient: some browsers disturb what is
 * read from WebGL, and nothing that it computes can be trusted then.
 *
 * The network is z₀ = w·x and z₁ … z₉ = 0, so that m = ln 9 − w·x for class 0 and ∇m = −w at every image.
 */
export function isExact(): boolean {
  return tf.tidy(() => {
    const image = imageTensor(known);
    const doubled = image.mul(2).dataSync();
    const weights = new Float32Array(PIXELS * CLASSES);
    slopes.forEach((slope, pixel) => (weights[pixel * CLASSES] = slope));
    const { classifier } = forward({
      layers: [
        { name: 'flatten', kind: 'flatten' },
        { name: 'dense', kind: 'dense', units: CLASSES },
      ],
      weights: [weights, new Float32Array(CLASSES)],
    });
    const label = tf.tensor1d([0], 'int32');
    const gradient = tf
      .grad((x) => margin(classifier(x as tf.Tensor4D), label))(image)
      .dataSync();
    const signs = signsOf(gradient);
    return known.every((value, i) => doubled[i] === 2 * value && signs[i] === -Math.sign(slopes[i]!));
  });
}
