import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { linearClassifier } from './testing/classifiers.ts';
import { everyBackend } from './testing/everyBackend.ts';
import { expectAllClose } from './testing/expectAllClose.ts';
import {
  argmax,
  countEqual,
  pairedDifference,
  predict,
  predictLabels,
  runnerUp,
  wilson,
} from './statistics.ts';

describe('argmax(values)', () => {
  it('is the index of the largest value, ties to the lowest', () => {
    expect(argmax([1, 5, 2])).toBe(1);
    expect(argmax([3, 1, 3])).toBe(0);
    expect(argmax([-2, -1, -1])).toBe(1);
    expect(argmax(new Float32Array([0, 0, 0]))).toBe(0);
    expect(argmax([-Infinity, -3])).toBe(1);
  });
});

describe('runnerUp(values, excluded)', () => {
  it('is the largest of the others, ties to the lowest', () => {
    expect(runnerUp([1, 5, 2], 1)).toBe(2);
    expect(runnerUp([9, 4, 4], 0)).toBe(1);
    expect(runnerUp([4, 4, 9], 2)).toBe(0);
    expect(runnerUp([4, 4, 9], 0)).toBe(2);
  });
});

// Two pixels, three classes: z = (a, b, a + b).
const classifier = linearClassifier([
  [1, 0],
  [0, 1],
  [1, 1],
]);
const images = (...pixels: number[][]) => tf.tensor4d(pixels.flat(), [pixels.length, 1, 2, 1]);

everyBackend('predict and predictLabels', () => {
  it('predictLabels(classifier, images) gives one class for each image, ties to the lowest', () => {
    const x = images([1, 0], [0, 0], [0.5, 0.25]);
    // z = (1, 0, 1), (0, 0, 0), (0.5, 0.25, 0.75).
    expect(predictLabels(classifier, x)).toEqual(Uint8Array.of(0, 0, 2));
  });

  it('predict(classifier, images) gives logits and probabilities in class order', () => {
    const [first, second] = predict(classifier, images([1, 0], [0.5, 0.25]));
    expect(first!.logits).toEqual([1, 0, 1]);
    const e = Math.E;
    expectAllClose(first!.probabilities, [e / (2 * e + 1), 1 / (2 * e + 1), e / (2 * e + 1)]);
    expect(second!.logits).toEqual([0.5, 0.25, 0.75]);
  });

  it('predict(classifier, images) keeps raw floats, however small', () => {
    const sure = linearClassifier([
      [60, 0],
      [0, 0],
      [30, 0],
    ]);
    // p₁ = e⁻⁶⁰ = 8.756510762696521e-27, p₂ = e⁻³⁰ = 9.357622968840175e-14.
    const [p0, p1, p2] = predict(sure, images([1, 0]))[0]!.probabilities;
    expect(p0).toBe(1);
    expect(p1! / 8.756510762696521e-27).toBeCloseTo(1, 4);
    expect(p2! / 9.357622968840175e-14).toBeCloseTo(1, 4);
    expect(p1).toBe(Math.fround(p1!));
  });

  it('predict agrees with predictLabels', () => {
    const x = images([1, 0], [0, 1], [0.5, 0.25]);
    const labels = predict(classifier, x).map(({ logits }) => argmax(logits));
    expect(labels).toEqual(Array.from(predictLabels(classifier, x)));
  });

  it.each([[NaN], [Infinity]])(
    'both stop at logits that are not finite (%d), with the image’s place',
    (value) => {
      const x = images([0, 0], [value, 0]);
      for (const run of [predict, predictLabels]) {
        expect(() => run(classifier, x)).toThrow(
          /logits are not finite: .*(NaN|Infinity).* for image 1 of the batch/,
        );
      }
    },
  );

  it('neither leaks a tensor', () => {
    const x = images([1, 0], [0, 1]);
    const before = tf.memory().numTensors;
    predict(classifier, x);
    predictLabels(classifier, x);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('countEqual(a, b)', () => {
  it('counts the places at which two sequences agree', () => {
    expect(countEqual([1, 2, 3], Uint8Array.of(1, 0, 3))).toBe(2);
    expect(countEqual([], [])).toBe(0);
  });

  it('refuses sequences of different lengths', () => {
    expect(() => countEqual([1], [1, 2])).toThrow('invalid lengths: 1 and 2, expected equal ones');
  });
});

describe('wilson(hits, total)', () => {
  // Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is the published interval', (hits, total, low, high) => {
    const share = wilson(hits, total);
    expect(share.value).toBe(hits / total);
    expect(share.low).toBeCloseTo(low, 4);
    expect(share.high).toBeCloseTo(high, 4);
  });

  it('has the ends 0 and 1 exactly where none or all hit', () => {
    // z² / (n + z²) with z² = 3.841459, n = 10: 3.841459 / 13.841459 = 0.277533.
    expect(wilson(0, 10)).toEqual({ value: 0, low: 0, high: expect.closeTo(0.277533, 6) as number });
    expect(wilson(10, 10)).toEqual({ value: 1, low: expect.closeTo(0.722467, 6) as number, high: 1 });
  });

  it('holds the shares at which the observed one is 1.96 standard deviations off', () => {
    const counts = fc
      .integer({ min: 1, max: 1_000 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(counts, ([hits, total]) => {
        const { value, low, high } = wilson(hits, total);
        expect(0 <= low && low <= value && value <= high && high <= 1).toBe(true);
        for (const end of [low, high]) {
          if (end === value) continue;
          expect(Math.abs(value - end) / Math.sqrt((end * (1 - end)) / total)).toBeCloseTo(
            1.959963984540054,
            6,
          );
        }
      }),
      { seed: 8 },
    );
  });

  it.each([
    [-1, 10],
    [11, 10],
    [0, 0],
    [0.5, 10],
    [NaN, 10],
    [1, Infinity],
  ])('refuses %d of %d', (hits, total) => {
    expect(() => wilson(hits, total)).toThrow(
      `invalid counts: ${hits} of ${total}, expected 0 ≤ hits ≤ total and total ≥ 1`,
    );
  });
});

describe('pairedDifference(a, b)', () => {
  const pairs = (both: number, onlyA: number, onlyB: number, neither: number) => {
    const counts = [both, onlyA, onlyB, neither];
    const column = (holds: boolean[]) =>
      counts.flatMap((count, i) => new Array<boolean>(count).fill(holds[i]!));
    return [column([true, true, false, false]), column([true, false, true, false])] as const;
  };

  it('is the published interval for matched pairs', () => {
    // Approval in two surveys of 1,600 (Agresti, table 11.1): 794 both, 150 first only, 86 second only, 570
    // neither. d = 64 / 1600 = 0.04, standard error √(236 − 64² / 1600) / 1600 = √233.44 / 1600 = 0.009549,
    // so ± 1.96 · 0.009549 = ± 0.018716.
    const { value, low, high } = pairedDifference(...pairs(794, 150, 86, 570));
    expect(value).toBeCloseTo(0.04, 12);
    expect(low).toBeCloseTo(0.021284, 5);
    expect(high).toBeCloseTo(0.058716, 5);
  });

  it('turns its sign with the order', () => {
    const [a, b] = pairs(5, 3, 1, 2);
    const [forth, back] = [pairedDifference(a, b), pairedDifference(b, a)];
    expect(back).toEqual({ value: -forth.value, low: -forth.high, high: -forth.low });
  });

  it('is 0 ± 0 where the two agree on every image', () => {
    expect(pairedDifference([true, false], [true, false])).toEqual({ value: 0, low: 0, high: 0 });
  });

  it('is narrower for pairs that move together than for pairs that do not', () => {
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    const together = pairedDifference(...pairs(40, 10, 0, 50));
    const apart = pairedDifference(...pairs(20, 30, 20, 30));
    expect(together.value).toBeCloseTo(apart.value, 12);
    expect(width(together)).toBeLessThan(width(apart));
  });

  it('refuses sequences of different lengths, or none', () => {
    expect(() => pairedDifference([true], [])).toThrow(
      'invalid lengths: 1 and 0, expected equal ones of at least 1',
    );
    expect(() => pairedDifference([], [])).toThrow('invalid lengths: 0 and 0');
  });
});
