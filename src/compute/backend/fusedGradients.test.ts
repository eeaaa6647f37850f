import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { everyBackend } from '../testing/everyBackend.ts';
import { convolutionCases } from './wasm/testing/convolutionCases.ts';
import { testValues } from './wasm/testing/kernelProperties.ts';

type Operation = (...inputs: tf.Tensor[]) => tf.Tensor;

const activations = fc.constantFrom('linear', 'relu');

everyBackend('fused operations', () => {
  it('FusedConv2D has the value and the gradients of conv2d, add and relu', () => {
    fc.assert(
      fc.property(convolutionCases, activations, ({ x, filter, strides, pad, seed }, activation) => {
        const attrs = { strides, pad, dataFormat: 'NHWC', dilations: [1, 1], activation };
        const convolved: Operation = (a, b) => tf.engine().runKernel('Conv2D', { x: a, filter: b }, attrs);
        const fused: Operation = (a, b, bias) =>
          tf.engine().runKernel('FusedConv2D', { x: a, filter: b, bias }, attrs);
        expectSame(fused, composed(convolved, activation), [x, filter, [filter[3]]], seed);
      }),
      { numRuns: 40, seed: 5 },
    );
  });

  it('_FusedMatMul has the value and the gradients of matMul, add and relu', () => {
    const upTo = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(upTo(9), upTo(40), upTo(20), activations, fc.nat(1000), (m, k, n, activation, seed) => {
        const attrs = { transposeA: false, transposeB: false, activation };
        const fused: Operation = (a, b, bias) => tf.engine().runKernel('_FusedMatMul', { a, b, bias }, attrs);
        const product: Operation = (a, b) => tf.matMul(a, b);
        expectSame(fused, composed(product, activation), [[m, k], [k, n], [n]], seed);
      }),
      { numRuns: 40, seed: 5 },
    );
  });
});

function composed(product: Operation, activation: string): Operation {
  return (a, b, bias) => {
    const sum = product(a, b).add(bias);
    return activation === 'relu' ? sum.relu() : sum;
  };
}

/** Expects both to have the same value, and the same gradient with respect to each input, and to leave no tensor behind. */
function expectSame(actual: Operation, expected: Operation, shapes: number[][], seed: number): void {
  const before = tf.memory().numTensors;
  const inputs = shapes.map((shape, i) => valuesOf(shape, seed + i));
  const [found, wanted] = [actual, expected].map((operation) => {
    const results = tf.tidy(() => {
      const value = operation(...inputs);
      return [value, ...tf.grads(operation)(inputs, valuesOf(value.shape, seed + 3))];
    });
    const values = results.map((result) => result.dataSync<'float32'>());
    tf.dispose(results);
    return values;
  }) as [Float32Array[], Float32Array[]];
  tf.dispose(inputs);
  expect(tf.memory().numTensors).toBe(before);
  for (const [i, values] of wanted.entries()) {
    const scale = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-3);
    const worst = values.reduce((most, value, j) => Math.max(most, Math.abs(value - found[i]![j]!)), 0);
    expect(worst / scale).toBeLessThanOrEqual(1e-6);
  }
}

function valuesOf(shape: number[], seed: number): tf.Tensor {
  return tf.tensor(testValues(tf.util.sizeFromShape(shape), seed), shape);
}
