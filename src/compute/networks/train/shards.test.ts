import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { crossEntropy } from '../crossEntropy.ts';
import { startWasmBackend } from '../../backend/wasm/startWasmBackend.ts';
import { createGenerator } from '../../data/generator.ts';
import { argmax } from '../../statistics.ts';
import { forward, imageTensor } from '../forward.ts';
import { mnistCnn, weightSpecs, type Weights } from '../layers.ts';
import { initialWeights } from './trainTogether.ts';
import { shardGradients, shardSums } from './shards.ts';

beforeAll(startWasmBackend);

const { uniform } = createGenerator(12);
const images = Float32Array.from({ length: 4 * 784 }, () => uniform(0, 1));
const labels = Uint8Array.of(3, 1, 4, 1);
const { layers } = mnistCnn;
const specs = weightSpecs(layers);
const gradientsOf = (weights: Weights) => shardGradients({ layers, weights, images, labels });

describe('shardGradients(shard)', () => {
  it('gives loss and count of correct images, summed over the shard', () => {
    const weights = initialWeights(layers, 1);
    const { loss, correct } = gradientsOf(weights);
    const logits = forward({ layers, weights }).classifier(imageTensor(images));
    const expected = crossEntropy(logits, tf.tensor1d([3, 1, 4, 1], 'int32')).dataSync()[0]!;
    expect(loss).toBeCloseTo(expected, 5);
    const rows = logits.arraySync().map(argmax);
    expect(correct).toBe(rows.filter((row, i) => row === labels[i]).length);
  });

  it('gives the gradient of the summed loss in the order of the weights', () => {
    const weights = initialWeights(layers, 1);
    const { gradients } = gradientsOf(weights);
    const lossAt = (moved: Float32Array[]) => gradientsOf(moved).loss;
    expect(gradients).toHaveLength(specs.length);
    for (const [i, { name }] of specs.entries()) {
      const slopes = gradients[i]!;
      expect(slopes, name).toHaveLength(weights[i]!.length);
      expect(slopes.every(Number.isFinite), name).toBe(true);
      // The steepest value of each weight, its central difference in float32: good to about a percent.
      const steepest = argmax(slopes.map(Math.abs));
      const h = 1e-2;
      const moved = (by: number) =>
        lossAt(
          weights.map((values, j) => (j === i ? values.with(steepest, values[steepest]! + by) : values)),
        );
      expect((moved(h) - moved(-h)) / (2 * h) / slopes[steepest]!, name).toBeCloseTo(1, 1);
    }
  });

  it('leaves the weights as they are and no tensor behind', () => {
    const weights = initialWeights(layers, 1);
    const before = tf.memory().numTensors;
    shardGradients({ layers, weights, images, labels, attack: { seed: 1, steps: 2 } });
    expect(tf.memory().numTensors).toBe(before);
    expect(weights).toEqual(initialWeights(layers, 1));
  });

  it('stops at a loss that is not finite, with the way out', () => {
    const weights = initialWeights(layers, 1);
    weights[7]!.set([3e38, -3e38]); // Two labels are 1: their loss is 6e38, beyond float32.
    expect(() => gradientsOf(weights)).toThrow(/loss is not finite: (NaN|Infinity); lower the learning rate/);
  });
});

describe('shardSums(shard)', () => {
  it('gives loss and count of correct images as the gradients do, of perturbed images others, and leaves no tensor', () => {
    const weights = initialWeights(layers, 1);
    const before = tf.memory().numTensors;
    const shard = { layers, weights, images, labels };
    const { loss, correct } = shardSums(shard);
    expect(loss).toBeCloseTo(gradientsOf(weights).loss, 4);
    expect(correct).toBe(gradientsOf(weights).correct);
    const attack = { epsilon: 0.1, steps: 2, seed: 1 };
    expect(shardSums({ ...shard, attack }).loss).toBeGreaterThan(loss);
    expect(tf.memory().numTensors).toBe(before);
  });
});
