import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { inputGradient } from '../attacks/inputGradient.ts';
import { iterativeFgsm } from '../attacks/iterativeFgsm.ts';
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';
import { createGenerator } from '../data/generator.ts';
import { everyBackend } from '../testing/everyBackend.ts';
import { drawnNetwork, everyKind } from '../testing/networks.ts';
import { forward, imageTensor, weightTensors } from './forward.ts';
import { weightSpecs } from './layers.ts';

beforeAll(startWasmBackend);

const noise = (count: number) => {
  const { integer } = createGenerator(11);
  return Uint8Array.from({ length: 784 * count }, () => integer(0, 255));
};

everyBackend('forward(network).classifier', () => {
  it.each([drawnNetwork(), drawnNetwork({ architecture: everyKind })])(
    'of $name gives ten logits for each image and leaks nothing',
    (network) => {
      const before = tf.memory().numTensors;
      const { classifier, dispose } = forward(network);
      const x = imageTensor(noise(2));
      const logits = classifier(x);
      expect(logits.shape).toEqual([2, 10]);
      tf.dispose([logits, x]);
      dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it('is 0 everywhere for weights of 0 but the last bias, which is then the logits', () => {
    const { layers, weights } = drawnNetwork();
    const zeros = weights.map((values) => values.map(() => 0));
    zeros[7] = Float32Array.from({ length: 10 }, (_, i) => i / 4);
    const { classifier } = forward({ layers, weights: zeros });
    expect(classifier(imageTensor(noise(1))).dataSync()).toEqual(zeros[7]);
  });
});

describe('forward(network)', () => {
  it('takes the weights as they are stored', () => {
    const { layers, weights } = drawnNetwork();
    const tensors = weightTensors(layers, weights);
    expect(tensors.map(({ shape }) => shape)).toEqual(weightSpecs(layers).map(({ shape }) => shape));
    expect(tensors.map((tensor) => tensor.dataSync())).toEqual(weights);
  });

  it('refuses layers that do not end in ten logits', () => {
    const { layers, weights } = drawnNetwork();
    expect(() => forward({ layers: layers.slice(0, -1), weights })).toThrow(
      'invalid layers: the last one leaves shape [32], expected [10]',
    );
    expect(() => forward({ layers: [], weights: [] })).toThrow(
      'invalid layers: the last one leaves shape []',
    );
  });

  it('refuses another number of arrays', () => {
    const { layers, weights } = drawnNetwork();
    expect(() => forward({ layers, weights: weights.slice(1) })).toThrow(
      'invalid weights: 7 arrays, expected 8',
    );
  });

  it('refuses an array of another length, with its name', () => {
    const { layers, weights } = drawnNetwork();
    weights[5] = new Float32Array(31);
    expect(() => forward({ layers, weights })).toThrow('invalid weight dense1/bias: 31 values, expected 32');
  });

  it.each([[NaN], [Infinity], [-Infinity]])('refuses %d with name and place, leaving no tensor', (value) => {
    const { layers, weights } = drawnNetwork();
    weights[2]![77] = value;
    const before = tf.memory().numTensors;
    expect(() => forward({ layers, weights })).toThrow(
      `invalid weight conv2/kernel: ${value} at 77, expected finite values`,
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('a network on WASM', () => {
  it.each([drawnNetwork(), drawnNetwork({ architecture: everyKind })])(
    '$name gives an image the same bits whatever else is in the batch: logits, gradient and x*',
    async (network) => {
      await tf.setBackend('wasm');
      const count = 12;
      const { classifier } = forward(network);
      const pixels = noise(count);
      const run = (from: number, to: number) => {
        const x = imageTensor(pixels.subarray(784 * from, 784 * to));
        const y = tf.tensor1d(
          Int32Array.from({ length: to - from }, (_, i) => (from + i) % 10),
          'int32',
        );
        return [
          classifier(x).dataSync(),
          inputGradient(classifier, x, y).dataSync(),
          iterativeFgsm(classifier, x, y, { epsilon: 0.1, steps: 3 }).dataSync(),
        ] as const;
      };
      const whole = run(0, count);
      for (const [from, to] of [
        [0, 1],
        [1, 3],
        [3, 10],
        [10, 12],
      ] as const) {
        for (const [i, part] of run(from, to).entries()) {
          const length = whole[i]!.length / count;
          expect(part, `output ${i} of images ${from} to ${to}`).toEqual(
            whole[i]!.slice(from * length, to * length),
          );
        }
      }
    },
  );
});

describe('imageTensor(pixels)', () => {
  it('divides bytes by 255 and takes floats as they are', () => {
    const bytes = Uint8Array.from({ length: 784 }, (_, i) => i % 256);
    const fromBytes = imageTensor(bytes);
    expect(fromBytes.shape).toEqual([1, 28, 28, 1]);
    expect(fromBytes.dataSync()).toEqual(Float32Array.from(bytes, (byte) => byte / 255));
    const floats = Float32Array.from({ length: 2 * 784 }, (_, i) => i / 1568);
    expect(imageTensor(floats).shape).toEqual([2, 28, 28, 1]);
    expect(imageTensor(floats).dataSync()).toEqual(floats);
  });

  it.each([[0], [783], [785]])('refuses %i pixels', (length) => {
    expect(() => imageTensor(new Uint8Array(length))).toThrow(
      new RangeError(`invalid images: ${length} pixels, expected a multiple of 784`),
    );
  });
});
