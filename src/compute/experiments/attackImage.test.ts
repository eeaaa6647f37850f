import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { fgsm } from '../attacks/fgsm.ts';
import { inputGradient } from '../attacks/inputGradient.ts';
import { iterativeFgsm } from '../attacks/iterativeFgsm.ts';
import { targeted } from '../attacks/targeted.ts';
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';
import { createGenerator } from '../data/generator.ts';
import { forward, imageTensor, predict } from '../networks/forward.ts';
import { replay } from '../signs.ts';
import { argmax } from '../statistics.ts';
import { drawnNetwork } from '../testing/networks.ts';
import { attackImage, attackStart } from './attackImage.ts';

const { integer } = createGenerator(14);
const bytes = Uint8Array.from({ length: 784 }, () => integer(0, 255));
const floats = Float32Array.from(bytes, (byte) => byte / 255);
const label = 7;
const settings = { epsilon: 0.3, steps: 5 };

let model: ReturnType<typeof forward>;
beforeAll(async () => {
  await startWasmBackend();
  model = forward(drawnNetwork());
});

const attack = (options: Partial<typeof settings & { clip: boolean }> = {}) =>
  attackImage(model.classifier, bytes, attackStart(model.classifier, bytes, label), {
    ...settings,
    ...options,
  });
const batch = () => [imageTensor(bytes), tf.tensor1d([label], 'int32')] as const;

describe('attackStart(classifier, pixels, label)', () => {
  it('is the image’s prediction, loss and gradient', () => {
    const { original, gradient } = attackStart(model.classifier, bytes, label);
    expect(original.prediction).toEqual(predict(model.classifier, imageTensor(bytes))[0]);
    expect(original.loss).toBeCloseTo(-Math.log(original.prediction.probabilities[label]!), 5);
    expect(gradient).toEqual(inputGradient(model.classifier, ...batch()).dataSync());
  });

  it('takes the predicted class where there is no label', () => {
    const start = attackStart(model.classifier, bytes);
    expect(start.label).toBe(argmax(start.original.prediction.probabilities));
    expect(attackStart(model.classifier, bytes, start.label)).toEqual(start);
  });

  it('takes floats in place of bytes', () => {
    expect(attackStart(model.classifier, floats, label)).toEqual(attackStart(model.classifier, bytes, label));
  });

  it('refuses what is not an image or a class', () => {
    expect(() => attackStart(model.classifier, bytes, 10)).toThrow('invalid label: 10');
    expect(() => attackStart(model.classifier, bytes, 7, 10)).toThrow('invalid label: 10');
    expect(() => attackStart(model.classifier, bytes.subarray(1), 7)).toThrow(
      'invalid images: 783 pixels, expected a multiple of 784',
    );
  });
});

describe('attackImage(classifier, pixels, start, { epsilon, steps, clip })', () => {
  it('ends where iterativeFgsm ends, having climbed at each step', () => {
    const { path, original } = attack();
    const end = iterativeFgsm(model.classifier, ...batch(), settings);
    expect(path).toHaveLength(5);
    expect(path[4]!.perturbed).toEqual(end.dataSync());
    for (const { perturbed, prediction } of path)
      expect(prediction).toEqual(predict(model.classifier, imageTensor(perturbed))[0]);
    expect(path[4]!.loss).toBeGreaterThan(original.loss);
  });

  it.each([true, false])('is FGSM in one step, clip %s', (clip) => {
    const { path } = attack({ steps: 1, clip });
    const end = fgsm(model.classifier, ...batch(), { epsilon: 0.3, clip });
    expect(path).toHaveLength(1);
    expect(path[0]!.perturbed).toEqual(end.dataSync());
  });

  it.each([1, 5])('moves towards a target if the start has one, in %i steps', (steps) => {
    const start = attackStart(model.classifier, bytes, label, 4);
    const { path } = attackImage(model.classifier, bytes, start, { ...settings, steps });
    const [image, targets] = [imageTensor(bytes), tf.tensor1d([4], 'int32')];
    const end = targeted(model.classifier, image, targets, { ...settings, steps });
    expect(path.at(-1)!.perturbed).toEqual(end.dataSync());
    // The loss stays that of the true class.
    expect(path.at(-1)!.loss).toBeCloseTo(-Math.log(path.at(-1)!.prediction.probabilities[label]!), 5);
  });

  it.each([
    { steps: 1, clip: true },
    { steps: 5, clip: true },
    { steps: 5, clip: false },
  ])('keeps the signs that lead from each step to the next: $steps steps, clip $clip', (options) => {
    const { path } = attack(options);
    const points = replay(
      floats,
      path.map(({ signs }) => signs),
      { epsilon: 0.3, clip: options.clip },
    );
    expect(points).toEqual(path.map(({ perturbed }) => perturbed));
  });

  it('leaves the pixels as they are and no tensor behind', () => {
    const pixels = bytes.slice();
    const before = tf.memory().numTensors;
    const start = attackStart(model.classifier, pixels, label);
    for (const steps of [1, 2]) attackImage(model.classifier, pixels, start, { epsilon: 0.3, steps });
    expect(tf.memory().numTensors).toBe(before);
    expect(pixels).toEqual(bytes);
  });

  it('refuses bad options with their value', () => {
    expect(() => attack({ epsilon: -0.1 })).toThrow('invalid epsilon: -0.1');
    expect(() => attack({ steps: 0 })).toThrow('invalid steps: 0');
  });
});
