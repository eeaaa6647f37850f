import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../../../compute/attacks/classifier.ts';
import { attackImage, attackStart } from '../../../compute/experiments/attackImage.ts';
import { sweepSlice } from '../../../compute/experiments/sweepSlice.ts';
import { imageTensor } from '../../../compute/networks/forward.ts';
import { PIXELS } from '../../../compute/data/shape.ts';
import { predict } from '../../../compute/networks/predict.ts';
import type { JobName, Jobs } from '../session/protocol.ts';
import { createGradientCache } from './gradientCache.ts';

type Job<Name extends JobName> = (
  classifier: Classifier,
  request: Jobs[Name]['request'],
) => Jobs[Name]['result'];

const cache = createGradientCache();

const jobs: { [Name in JobName]: Job<Name> } = {
  predict: (classifier, { pixels }) => predict(classifier, imageTensor(pixels))[0]!,
  attack: (classifier, { pixels, label, ...settings }) => {
    const start = cache.find(pixels, label) ?? cache.keep(pixels, attackStart(classifier, pixels, label));
    return attackImage(classifier, pixels, start, settings);
  },
  sweep: (classifier, { pixels, labels, ...options }) => {
    const truth = tf.tensor1d(Int32Array.from(labels), 'int32');
    return sweepSlice(classifier, imageTensor(pixels), truth, { ...options, loss: 'margin' });
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
  const pixels = new Float32Array(PIXELS);
  runJob(classifier, 'attack', { pixels, label: 0, epsilon: 0, steps: 1, clip: true });
}
