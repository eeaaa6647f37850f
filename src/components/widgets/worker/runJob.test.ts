import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import type { Classifier } from '../../../compute/attacks/inputGradient.ts';
import type { Jobs } from '../session/protocol.ts';
import { runJob } from './runJob.ts';

beforeAll(() => tf.setBackend('cpu'));

/** z₀ = Σx, z₁ = 1: an image is a zero if its pixels sum to more than 1. Counts its forward passes. */
function sumClassifier() {
  const calls = { count: 0 };
  const classifier: Classifier = (images) => {
    calls.count++;
    const sum = images.reshape([images.shape[0], -1]).sum(1, true);
    const rest = tf.zeros([images.shape[0], 8]);
    return tf.concat([sum, tf.onesLike(sum), rest], 1) as tf.Tensor2D;
  };
  return { classifier, calls };
}

const grey = (value: number) => new Float32Array(784).fill(value);
const settings = { epsilon: 0.1, steps: 1, clip: true };

it('attacks an image again without a new gradient, whatever its ε, its label or the predicted one, its target', () => {
  const { classifier, calls } = sumClassifier();
  const attack = (request: Partial<Jobs['attack']['request']>) => {
    const before = calls.count;
    const { label } = runJob(classifier, 'attack', {
      pixels: grey(0.5),
      label: 0,
      ...settings,
      ...request,
    }) as Jobs['attack']['result'];
    return { label, passes: calls.count - before };
  };
  // The gradient at the image and x*; then x* alone.
  expect(attack({})).toEqual({ label: 0, passes: 2 });
  expect(attack({ epsilon: 0.2 })).toEqual({ label: 0, passes: 1 });
  expect(attack({ label: undefined })).toEqual({ label: 0, passes: 1 });
  expect(attack({ target: 1 })).toEqual({ label: 0, passes: 2 });
  expect(attack({ target: 1, epsilon: 0.2 })).toEqual({ label: 0, passes: 1 });
  expect(attack({ label: 1 })).toEqual({ label: 1, passes: 2 });
  for (const value of [0.1, 0.2, 0.3]) attack({ pixels: grey(value) });
  expect(attack({}).passes).toBe(2);
});

it('leaves no tensor behind, even of a job that fails', () => {
  const { classifier } = sumClassifier();
  const before = tf.memory().numTensors;
  runJob(classifier, 'predict', { pixels: grey(0.5) });
  expect(() => runJob(classifier, 'attack', { pixels: grey(NaN), label: 0, ...settings })).toThrow('finite');
  expect(tf.memory().numTensors).toBe(before);
});
