import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../../../compute/attacks/classifier.ts';
import { quantiseTowards } from '../../../compute/experiments/quantiseTowards.ts';
import { imageTensor } from '../../../compute/networks/forward.ts';
import { predict } from '../../../compute/networks/predict.ts';
import { PIXELS } from '../../../compute/networks/layers.ts';
import { attackImage, attackStart } from '../../../compute/experiments/attackImage.ts';
import { sweepSlice } from '../../../compute/experiments/sweepSlice.ts';
import type { JobName, Jobs } from '../session/protocol.ts';
import { createGradientCache } from './gradientCache.ts';

const cache = createGradientCache();

type Request<Name extends JobName> = Jobs[Name]['request'];

const jobs: { [Name in JobName]: (classifier: Classifier, request: Request<Name>) => Jobs[Name]['result'] } =
  {
    predict: (classifier, { pixels }) => {
      const image = imageTensor(pixels);
      try {
        return predict(classifier, image)[0]!;
      } finally {
        image.dispose();
      }
    },
    attack: (classifier, { pixels, label, ...settings }) => {
      const start = cache.find(pixels, label) ?? cache.keep(pixels, attackStart(classifier, pixels, label));
      return attackImage(classifier, pixels, start, settings);
    },
    quantise: (classifier, { pixels, perturbed }) => {
      const bytes = quantiseTowards(perturbed, pixels);
      const image = imageTensor(bytes);
      try {
        return { bytes, prediction: predict(classifier, image)[0]! };
      } finally {
        image.dispose();
      }
    },
    sweep: (classifier, { pixels, labels, epsilons, steps, clip }) => {
      const images = imageTensor(pixels);
      const y = tf.tensor1d(Int32Array.from(labels), 'int32');
      try {
        const { predicted } = sweepSlice(classifier, images, y, { epsilons, steps, clip, loss: 'margin' });
        return { predicted };
      } finally {
        tf.dispose([images, y]);
      }
    },
  };

/**
 * Does a job. Whatever happens, no tensor of it is left.
 *
 * @throws like the attacks: on a value that is not finite, above all
 */
export function runJob(classifier: Classifier, name: JobName, request: unknown): unknown {
  const run = jobs[name] as (classifier: Classifier, request: unknown) => unknown;
  tf.engine().startScope('job');
  try {
    return run(classifier, request);
  } finally {
    tf.engine().endScope();
  }
}

/** Compiles the shaders of an attack by running one on an empty image. */
export function warmUp(classifier: Classifier): void {
  runJob(classifier, 'attack', {
    pixels: new Float32Array(PIXELS),
    label: 0,
    epsilon: 0,
    steps: 1,
    clip: true,
  });
}
