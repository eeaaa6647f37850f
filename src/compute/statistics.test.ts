import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  argmax,
  countEqual,
  lossOf,
  pairedDifference,
  runnerUp,
  softmax,
  wilson,
  meanInterval,
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

describe('softmax(logits)', () => {
  it('gives float32 probabilities in class order, of large and of small logits too', () => {
    expect(softmax([0, 0, 0, 0])).toEqual([0.25, 0.25, 0.25, 0.25]);
    // 1 / (1 + e) and e / (1 + e)
    expect(softmax([1000, 1001])).toEqual([0.2689414213699951, 0.7310585786300049].map(Math.fround));
    expect(softmax([-1000, 0])).toEqual([0, 1]);
    // p₁ = e⁻⁶⁰ = 8.756510762696521e-27, p₂ = e⁻³⁰ = 9.357622968840175e-14.
    expect(softmax([60, 0, 30])).toEqual([1, 8.756510762696521e-27, 9.357622968840175e-14].map(Math.fround));
  });
});

describe('lossOf(logits, label)', () => {
  it('is −log softmax', () => {
    expect(lossOf([0, 0, 0, 0], 2)).toBe(Math.fround(Math.log(4)));
    const logits = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 2, maxLength: 10 });
    fc.assert(
      fc.property(logits, fc.nat(), (z, n) => {
        const label = n % z.length;
        const total = z.reduce((sum, value) => sum + Math.exp(value), 0);
        expect(lossOf(z, label)).toBeCloseTo(Math.log(total) - z[label]!, 5);
      }),
      { seed: 3 },
    );
  });

  it('keeps the loss of a sure image, where 1 − p cancels, and is m for one that is surely wrong', () => {
    // p = 1 − e⁻⁴⁰: the loss is e⁻⁴⁰ and not 0.
    expect(lossOf([40, 0], 0) / Math.exp(-40)).toBeCloseTo(1, 6);
    expect(lossOf([0, 1000], 0)).toBe(1000);
  });
});

describe('countEqual(a, b)', () => {
  it('counts the places at which two sequences agree', () => {
    expect(countEqual([1, 2, 3], Uint8Array.of(1, 0, 3))).toBe(2);
    expect(countEqual([], [])).toBe(0);
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
});

describe('meanInterval(values)', () => {
  it('is x̄ ± t s / √n', () => {
    // 1, 2, 3, 4, 5: mean 3, s² = 2.5, t = 2.776: 2.776 · √(2.5 / 5) = 1.963.
    const { value, low, high } = meanInterval([1, 2, 3, 4, 5]);
    expect(value).toBe(3);
    expect(low).toBeCloseTo(3 - 1.963, 3);
    expect(high).toBeCloseTo(3 + 1.963, 3);
    expect(meanInterval([0.5, 0.5])).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
  });

  it.each([[1], [11]])('refuses %i values', (count) => {
    expect(() => meanInterval(new Array<number>(count).fill(1))).toThrow(
      new RangeError(`invalid values: ${count}, expected two to ten`),
    );
  });
});
