import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../../../compute/attacks/inputGradient.ts';
import { attackImage, attackStart, type AttackStart } from '../../../compute/experiments/attackImage.ts';
import { sweepSlice } from '../../../compute/experiments/sweepSlice.ts';
import { imageTensor } from '../../../compute/networks/forward.ts';
import { PIXELS } from '../../../compute/data/shape.ts';
import { predict, predictLabels } from '../../../compute/networks/predict.ts';
import { argmax } from '../../../compute/statistics.ts';
import type { JobName, Jobs } from '../session/protocol.ts';

/** Images whose starts are kept, so that another ε, k or clip needs no new gradient. */
const capacity = 4;
let recent: { classifier: Classifier; pixels: Float32Array; start: AttackStart }[] = [];

const jobs: {
  [Name in Exclude<JobName, 'describe'>]: (
    classifier: Classifier,
    request: Jobs[Name]['request'],
  ) => Jobs[Name]['result'];
} = {
  predict: (classifier, { pixels }) => predict(classifier, imageTensor(pixels))[0]!,
  attack: (classifier, { pixels, label, target, ...settings }) => {
    const start = startOf(classifier, pixels, label, target);
    return attackImage(classifier, pixels, start, settings);
  },
  sweep: (classifier, { pixels, labels, ...options }) => {
    const truth = tf.tensor1d(Int32Array.from(labels), 'int32');
    return sweepSlice(classifier, imageTensor(pixels), truth, { ...options, loss: 'margin' });
  },
  classify: (classifier, { pixels }) => {
    try {
      return predictLabels(classifier, imageTensor(pixels)).join('');
    } catch (error) {
      // In other units than its own a network may leave the range of floats.
      if (error instanceof RangeError) return '-'.repeat(pixels.length / PIXELS);
      throw error;
    }
  },
};

/**
 * Does a job. Whatever happens, no tensor of it is left.
 *
 * @throws like the attacks: on a value that is not finite, above all
 */
export function runJob(classifier: Classifier, name: keyof typeof jobs, request: unknown): unknown {
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

/** The start of an image with that label and target; without a label, of the class that the network predicts. */
function startOf(
  classifier: Classifier,
  pixels: Float32Array,
  label: number | undefined,
  target: number | undefined,
): AttackStart {
  const known = recent.find(
    ({ classifier: attackedBy, pixels: attacked, start }) =>
      attackedBy === classifier &&
      start.label === (label ?? argmax(start.original.prediction.logits)) &&
      start.target === target &&
      attacked.every((value, i) => value === pixels[i]),
  );
  if (known) return known.start;
  const start = attackStart(classifier, pixels, label, target);
  recent = [{ classifier, pixels, start }, ...recent].slice(0, capacity);
  return start;
}
