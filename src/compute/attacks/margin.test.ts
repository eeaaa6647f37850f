import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { everyBackend } from '../testing/everyBackend.ts';
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';
import { expectAllClose } from '../testing/expectAllClose.ts';
import { crossEntropy } from '../networks/crossEntropy.ts';
import { margin, margins } from './margin.ts';

const int = (...labels: number[]) => tf.tensor1d(labels, 'int32');

/** m in float64, from the definition. */
function exactMargin(logits: number[], label: number): number {
  const rivals = logits.filter((_, j) => j !== label);
  const top = Math.max(...rivals);
  return (
    top +
    Math.log(rivals.reduce((sum, z) => sum + Math.exp(z - top), 0)) -
    logits[label]!
  );
}

const cases = fc.record({
  logits: fc.array(fc.double({ min: -30, max: 30, noNaN: true }), {
    minLength: 10,
    maxLength: 10,
  }),
  label: fc.integer({ min: 0, max: 9 }),
});

everyBackend('margins(logits, labels)', () => {
  it('is z_other − z_y for two classes', () => {
    // One rival: logsumexp of one number is that number. m = 0.5 − 2 = −1.5 and −1 − (−4) = 3.
    const m = margins(
      tf.tensor2d([
        [2, 0.5],
        [-1, -4],
      ]),
      int(0, 1),
    );
    expect(Array.from(m.dataSync())).toEqual([-1.5, 3]);
  });

  it('is log(classes − 1) where all logits are equal', () => {
    expectAllClose(margins(tf.zeros<tf.Rank.R2>([1, 10]), int(4)), [
      Math.log(9),
    ]);
  });

  it('equals logsumexp of the rivals − z_y', () => {
    fc.assert(
      fc.property(cases, ({ logits, label }) => {
        expectAllClose(
          margins(tf.tensor2d([logits]), int(label)),
          [exactMargin(logits, label)],
          3e-6,
        );
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('is finite where exp(z) overflows float32', () => {
    expectAllClose(margins(tf.tensor2d([[500, 0, 480]]), int(1)), [500]);
  });

  it('has the gradient softmax over the rivals − onehot(y)', () => {
    // Rivals of class 1 are 0, log 3: their softmax is 1/4, 3/4.
    const gradient = tf.grad((z) => margin(z as tf.Tensor2D, int(1)))(
      tf.tensor2d([[0, 7, Math.log(3)]]),
    );
    expectAllClose(gradient, [0.25, -1, 0.75]);
  });

  it('has the gradient of its finite differences in float64', () => {
    fc.assert(
      fc.property(cases, ({ logits, label }) => {
        const gradient = tf.grad((z) =>
          margin(z as tf.Tensor2D, int(label)),
        )(tf.tensor2d([logits]));
        const h = 1e-5;
        const differences = logits.map((_, j) => {
          const moved = (by: number) =>
            logits.map((z, i) => (i === j ? z + by : z));
          return (
            (exactMargin(moved(h), label) - exactMargin(moved(-h), label)) /
            (2 * h)
          );
        });
        // Float32 rounds a logit of 30 by 1e-6, and with it each share of the softmax.
        expectAllClose(gradient, differences, 1e-5);
      }),
      { seed: 2, numRuns: 50 },
    );
  });

  it('scales its gradient with that of the loss above it, image by image', () => {
    const weights = tf.tensor1d([2, -3]);
    const z = tf.tensor2d([
      [1, 0],
      [1, 0],
    ]);
    const gradient = tf.grad((x) =>
      margins(x as tf.Tensor2D, int(0, 1))
        .mul(weights)
        .sum(),
    )(z);
    // ∂m/∂z is (−1, 1) for label 0 and (1, −1) for label 1.
    expect(Array.from(gradient.dataSync())).toEqual([-2, 2, -3, 3]);
  });

  it('keeps the gradient of a sure image, where that of cross-entropy is lost', () => {
    const sure = tf.tensor2d([[40, 0, 1]]); // 1 − p = e⁻³⁹ + e⁻⁴⁰, far below float32's 6e-8.
    const gradientOf = (loss: typeof margin) =>
      Array.from(
        tf
          .grad((z) => loss(z as tf.Tensor2D, int(0)))(sure)
          .dataSync(),
      );
    expect(gradientOf(crossEntropy)[0]).toBe(0);
    expectAllClose(gradientOf(margin), [
      -1,
      1 / (1 + Math.E),
      Math.E / (1 + Math.E),
    ]);
  });

  it('sums over the batch, which margin(logits, labels) returns as a scalar', () => {
    const total = margin(tf.tensor2d([2, 0.5, -1, -4], [2, 2]), int(0, 1));
    expect(total.shape).toEqual([]);
    expectAllClose(total, [1.5]);
  });
});

describe('margins(logits, labels)', () => {
  beforeAll(startWasmBackend);

  // oneHot is not float32 on every backend: used as it comes, WASM would read integers as floats.
  it('gives the same on WASM and CPU for every label', async () => {
    const logits = Array.from({ length: 10 }, (_, i) =>
      Array.from({ length: 10 }, (_, j) => Math.sin(7 * i + j) * 9),
    );
    const labels = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const run = async (backend: string) => {
      await tf.setBackend(backend);
      const z = tf.tensor2d(logits);
      const gradient = tf.grad((x) =>
        margin(x as tf.Tensor2D, int(...labels)),
      )(z);
      return [
        margins(z, int(...labels)).dataSync(),
        gradient.dataSync(),
      ] as const;
    };
    const [wasm, cpu] = [await run('wasm'), await run('cpu')];
    expectAllClose(wasm[0], cpu[0]);
    expectAllClose(wasm[1], cpu[1]);
    expectAllClose(
      wasm[0],
      logits.map((z, i) => exactMargin(z, labels[i]!)),
      2e-6,
    );
  });
});
