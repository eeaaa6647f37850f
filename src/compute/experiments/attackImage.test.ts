import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { losses } from '../networks/crossEntropy.ts';
import { iterativeFgsm } from '../attacks/iterativeFgsm.ts';
import { quantiseTowards } from './quantiseTowards.ts';
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';
import { predict } from '../statistics.ts';
import { forward, imageTensor } from '../networks/forward.ts';
import { drawnNetwork } from '../testing/networks.ts';
import { createGenerator } from '../data/generator.ts';
import { attackImage, signString } from './attackImage.ts';

beforeAll(startWasmBackend);

const { integer } = createGenerator(14);
const bytes = Uint8Array.from({ length: 784 }, () => integer(0, 255));
const floats = Array.from(bytes, (byte) => Math.fround(byte / 255));
const label = 7;
const attack = (options: Partial<Parameters<typeof attackImage>[3]> = {}) =>
  attackImage(forward(drawnNetwork()).classifier, bytes, label, {
    epsilon: 0.3,
    steps: 5,
    ...options,
  });

describe('attackImage(classifier, pixels, label, { epsilon, steps })', () => {
  it('keeps the image with its prediction and loss', () => {
    const { classifier } = forward(drawnNetwork());
    const { image, prediction, loss } = attack().original;
    const x = imageTensor(bytes);
    expect(image).toEqual(floats);
    expect(prediction).toEqual(predict(classifier, x)[0]);
    expect(loss).toBe(losses(classifier(x), tf.tensor1d([label], 'int32')).dataSync()[0]);
    expect(loss).toBeCloseTo(-Math.log(prediction.probabilities[label]!), 5);
  });

  it('ends where iterativeFgsm ends, having climbed at each step', () => {
    const { classifier } = forward(drawnNetwork());
    const { path, original } = attack();
    const labels = tf.tensor1d([label], 'int32');
    const end = iterativeFgsm(classifier, imageTensor(bytes), labels, { epsilon: 0.3, steps: 5 });
    expect(path).toHaveLength(5);
    expect(path[4]!.perturbed).toEqual(Array.from(end.dataSync()));
    expect(path[4]!.prediction).toEqual(predict(classifier, end)[0]);
    expect(path[4]!.loss).toBeGreaterThan(original.loss);
  });

  it('keeps the signs that lead from each step to the next', () => {
    const { path } = attack();
    const alpha = 0.3 / 5;
    for (const [t, { signs, perturbed }] of path.entries()) {
      const before = t === 0 ? floats : path[t - 1]!.perturbed;
      expect(signs).toMatch(/^[-0+]{784}$/);
      for (let i = 0; i < 784; i++) {
        const sign = { '+': 1, '-': -1, '0': 0 }[signs[i] as '+' | '-' | '0'];
        const moved = Math.min(1, Math.max(0, before[i]! + alpha * sign));
        expect(Math.abs(perturbed[i]! - moved)).toBeLessThan(1e-6);
      }
    }
  });

  it('rounds x* to bytes towards the image, at most 76 away at ε = 0.3, and predicts again', () => {
    const { classifier } = forward(drawnNetwork());
    const { path, quantised } = attack();
    expect(quantised.pixels).toEqual(Array.from(quantiseTowards(path[4]!.perturbed, floats)));
    const distances = quantised.pixels.map((byte, i) => Math.abs(byte - bytes[i]!));
    expect(Math.max(...distances)).toBe(76);
    expect(quantised.prediction).toEqual(
      predict(classifier, imageTensor(Uint8Array.from(quantised.pixels)))[0],
    );
  });

  it('takes floats in place of bytes, and one step as FGSM', () => {
    const { classifier } = forward(drawnNetwork());
    const fromFloats = attackImage(classifier, Float32Array.from(floats), label, { epsilon: 0.3, steps: 1 });
    expect(fromFloats).toEqual(attack({ steps: 1 }));
    expect(fromFloats.path).toHaveLength(1);
  });

  it('leaves the pixels as they are and no tensor behind', () => {
    const { classifier, dispose } = forward(drawnNetwork());
    const pixels = bytes.slice();
    const before = tf.memory().numTensors;
    attackImage(classifier, pixels, label, { epsilon: 0.3, steps: 2 });
    expect(tf.memory().numTensors).toBe(before);
    expect(pixels).toEqual(bytes);
    dispose();
  });

  it('refuses bad options with their value', () => {
    expect(() => attack({ epsilon: -0.1 })).toThrow('invalid epsilon: -0.1');
    expect(() => attack({ steps: 0 })).toThrow('invalid steps: 0');
    const { classifier } = forward(drawnNetwork());
    expect(() => attackImage(classifier, bytes, 10, { epsilon: 0.3, steps: 1 })).toThrow('invalid label: 10');
    expect(() => attackImage(classifier, bytes.subarray(1), 7, { epsilon: 0.3, steps: 1 })).toThrow(
      'invalid images: 783 pixels, expected a multiple of 784',
    );
  });
});

describe('signString(gradient)', () => {
  it('writes one sign for each pixel, however small', () => {
    expect(signString([1e-30, -1e-30, 0, -0, 5, -Infinity])).toBe('+-00+-');
  });
});
