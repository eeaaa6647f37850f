import * as tfjs from '@tensorflow/tfjs';
import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';
import { createGenerator } from '../data/generator.ts';
import { expectAllClose } from '../testing/expectAllClose.ts';
import { drawnNetwork, everyKind } from '../testing/networks.ts';
import { forward, imageTensor } from './forward.ts';
import { mnistCnn } from './layers.ts';
import { modelJson, readModel, WEIGHTS_FILE, weightsFromBytes, weightsToBytes } from './modelFiles.ts';

interface ModelJson {
  modelTopology: object;
  weightsManifest: [{ paths: string[]; weights: tf.io.WeightsManifestEntry[] }];
}

/** What a reader of the two files gets: text and bytes, nothing of this project. */
const written = (architecture = mnistCnn) => JSON.parse(JSON.stringify(modelJson(architecture))) as ModelJson;

// Biases too, so that none of the arrays is without effect.
describe.each([
  drawnNetwork({ seed: 6, bias: 0.1 }),
  drawnNetwork({ architecture: everyKind, seed: 6, bias: 0.1 }),
])('the files of $name', (network) => {
  let loaded: tfjs.LayersModel;

  beforeAll(async () => {
    await startWasmBackend();
    const { modelTopology, weightsManifest } = written(network);
    const weightData = Uint8Array.from(weightsToBytes(network.weights)).buffer;
    const load = () =>
      Promise.resolve({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData });
    loaded = await tfjs.loadLayersModel({ load });
  });

  it('load with tf.loadLayersModel and have the logits of the own forward pass', () => {
    const { integer } = createGenerator(6);
    const x = imageTensor(Uint8Array.from({ length: 5 * 784 }, () => integer(0, 255)));
    const logits = forward(network).classifier(x);
    // Their bias is added in another place of the same float32 sums.
    expectAllClose(loaded.predict(x) as tf.Tensor, logits, 1e-5);
    // Logits that differ from class to class and image to image, or the agreement would say little.
    expect(new Set(logits.dataSync()).size).toBe(50);
    expect(Math.max(...logits.dataSync())).toBeGreaterThan(0.1);
  });

  it('have its layers, shapes and parameter count', () => {
    expect(loaded.layers.map(({ name }) => name)).toEqual(network.layers.map(({ name }) => name));
    expect(loaded.countParams()).toBe(network.weights.reduce((sum, { length }) => sum + length, 0));
    expect(loaded.outputs[0]!.shape).toEqual([null, 10]);
    expect(loaded.inputs[0]!.shape).toEqual([null, 28, 28, 1]);
  });

  it('are read as the same network', () => {
    const read = readModel(JSON.stringify(modelJson(network)), weightsToBytes(network.weights));
    expect(read).toEqual(network);
  });
});

describe('modelJson(network)', () => {
  it('names one weight file and the weights in the order of its bytes', () => {
    const [{ paths, weights: specs }] = written().weightsManifest;
    expect(paths).toEqual([WEIGHTS_FILE]);
    expect(specs.map(({ name }) => name)).toEqual([
      'conv1/kernel',
      'conv1/bias',
      'conv2/kernel',
      'conv2/bias',
      'dense1/kernel',
      'dense1/bias',
      'dense2/kernel',
      'dense2/bias',
    ]);
  });
});

describe('readModel(json, bytes)', () => {
  const { weights } = drawnNetwork();
  const readWith = (from: string, to: string) => {
    const json = JSON.stringify(modelJson(mnistCnn));
    expect(json).toContain(from);
    return () => readModel(json.replace(from, to), weightsToBytes(weights));
  };

  it.each([
    [
      'a layer that is not written',
      '"Flatten"',
      '"GlobalAveragePooling2D"',
      'invalid layer 6: {"class_name":"GlobalAveragePooling2D"',
    ],
    [
      'another activation',
      '"activation":"relu"',
      '"activation":"elu"',
      'invalid layer 1: {"class_name":"Activation"',
    ],
    [
      'an activation inside a layer',
      '"activation":"linear"',
      '"activation":"relu"',
      'invalid layer 0: {"class_name":"Conv2D"',
    ],
    ['channels first', '"channels_last"', '"channels_first"', 'invalid layer 0: {"class_name":"Conv2D"'],
    ['a weight of another shape', '"shape":[16]', '"shape":[17]', 'invalid weightsManifest'],
    ['no filters', '"filters":32', '"filters":0', 'invalid layer conv2: channels of 0'],
  ])('refuses %s', (_, from, to, message) => {
    expect(readWith(from, to)).toThrow(message);
  });
});

describe('weightsToBytes(weights) and weightsFromBytes(layers, bytes)', () => {
  it('are each other’s inverse, bit for bit', () => {
    const weights = drawnNetwork({ seed: 5 }).weights;
    weights[0]!.set([-0, 1e-42, 3.4e38, Math.fround(0.1)]);
    const bytes = weightsToBytes(weights);
    expect(bytes).toHaveLength(104_040);
    const back = weightsFromBytes(mnistCnn.layers, bytes);
    expect(back).toEqual(weights);
    expect(Object.is(back[0]![0], -0)).toBe(true);
    expect(weightsToBytes(back)).toEqual(bytes);
  });

  it('write float32, little-endian', () => {
    const weights = drawnNetwork({ seed: 5 }).weights;
    weights[0]![0] = 1; // 0x3f800000
    expect(Array.from(weightsToBytes(weights).subarray(0, 4))).toEqual([0, 0, 0x80, 0x3f]);
  });

  it('read bytes that are a part of a larger buffer, at any offset', () => {
    const bytes = weightsToBytes(drawnNetwork({ seed: 5 }).weights);
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(weightsFromBytes(mnistCnn.layers, larger.subarray(3))).toEqual(drawnNetwork({ seed: 5 }).weights);
  });

  it.each([[0], [104_039], [104_044]])('refuse %i bytes', (length) => {
    expect(() => weightsFromBytes(mnistCnn.layers, new Uint8Array(length))).toThrow(
      new RangeError(`invalid weights: ${length} bytes, expected 104040; compute again`),
    );
  });
});
