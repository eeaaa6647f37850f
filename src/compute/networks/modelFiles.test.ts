import * as tfjs from '@tensorflow/tfjs';
import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';
import { createGenerator } from '../data/generator.ts';
import { expectAllClose } from '../testing/expectAllClose.ts';
import { createModel, imageTensor } from './forward.ts';
import { initialWeights } from './train/initialWeights.ts';
import { modelJson, WEIGHTS_FILE, weightsFromBytes, weightsToBytes } from './modelFiles.ts';
import type { Weights } from './weights.ts';

interface ModelJson {
  modelTopology: object;
  weightsManifest: [{ paths: string[]; weights: tf.io.WeightsManifestEntry[] }];
}

describe('modelJson() with weightsToBytes(weights)', () => {
  const { integer, uniform } = createGenerator(6);
  // Biases too, so that none of the eight arrays is without effect.
  const weights: Weights = initialWeights(6).map((values) =>
    values.map((value) => value || uniform(-0.1, 0.1)),
  );
  let loaded: tfjs.LayersModel;

  beforeAll(async () => {
    await startWasmBackend();
    // What a reader of the two files gets: text and bytes, nothing of this project.
    const { modelTopology, weightsManifest } = JSON.parse(JSON.stringify(modelJson())) as ModelJson;
    const weightData = Uint8Array.from(weightsToBytes(weights)).buffer;
    const load = () =>
      Promise.resolve({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData });
    loaded = await tfjs.loadLayersModel({ load });
  });

  it('loads with tf.loadLayersModel and has the logits of the own forward pass', () => {
    const x = imageTensor(Uint8Array.from({ length: 5 * 784 }, () => integer(0, 255)));
    const logits = createModel(weights).classifier(x);
    // Their bias is added in another place of the same float32 sums.
    expectAllClose(loaded.predict(x) as tf.Tensor, logits, 1e-5);
    // Logits that differ from class to class and image to image, or the agreement would say little.
    expect(new Set(logits.dataSync()).size).toBe(50);
    expect(Math.max(...logits.dataSync())).toBeGreaterThan(0.1);
  });

  it('has the layers, shapes and parameter count of the network', () => {
    expect(loaded.layers.map(({ name }) => name).slice(0, 3)).toEqual(['conv1', 'relu1', 'pool1']);
    expect(loaded.countParams()).toBe(26_010);
    expect(loaded.outputs[0]!.shape).toEqual([null, 10]);
    expect(loaded.inputs[0]!.shape).toEqual([null, 28, 28, 1]);
  });

  it('names one weight file and the weights in the order of its bytes', () => {
    const [{ paths, weights: specs }] = (modelJson() as ModelJson).weightsManifest;
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

describe('weightsToBytes(weights) and weightsFromBytes(bytes)', () => {
  it('are each other’s inverse, bit for bit', () => {
    const weights = initialWeights(5);
    weights[0]!.set([-0, 1e-42, 3.4e38, Math.fround(0.1)]);
    const bytes = weightsToBytes(weights);
    expect(bytes).toHaveLength(104_040);
    const back = weightsFromBytes(bytes);
    expect(back).toEqual(weights);
    expect(Object.is(back[0]![0], -0)).toBe(true);
    expect(weightsToBytes(back)).toEqual(bytes);
  });

  it('write float32, little-endian', () => {
    const weights = initialWeights(5);
    weights[0]![0] = 1; // 0x3f800000
    expect(Array.from(weightsToBytes(weights).subarray(0, 4))).toEqual([0, 0, 0x80, 0x3f]);
  });

  it('read bytes that are a part of a larger buffer, at any offset', () => {
    const bytes = weightsToBytes(initialWeights(5));
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(weightsFromBytes(larger.subarray(3))).toEqual(initialWeights(5));
  });

  it.each([[0], [104_039], [104_044]])('refuse %i bytes', (length) => {
    expect(() => weightsFromBytes(new Uint8Array(length))).toThrow(
      new RangeError(`invalid weights: ${length} bytes, expected 104040; compute again`),
    );
  });
});
