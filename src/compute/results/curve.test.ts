import { describe, expect, it } from 'vitest';
import { wilson } from '../statistics.ts';
import { sweep } from '../testing/results.ts';
import {
  accuracy,
  confusion,
  correct,
  crossing,
  curve,
  rowAt,
  smallestFlippingEpsilons,
  type CurveRow,
  ledToTarget,
} from './curve.ts';

const rows = (...accuracies: number[]): CurveRow[] =>
  accuracies.map((value, i) => ({ epsilon: i / 10, accuracy: value, low: 0, high: 1, zeroGradients: 0 }));

describe('curve(sweep)', () => {
  it('has the accuracy over all images at each ε, those misclassified from the start included', () => {
    // Labels 77103 against 77163 (4 of 5), 97165 (2), 77105 (4), 23165 (1).
    expect(curve(sweep)).toEqual(
      [4, 2, 4, 1].map((hits, i) => {
        const { value, low, high } = wilson(hits, 5);
        return {
          epsilon: sweep.epsilons[i],
          accuracy: value,
          low,
          high,
          zeroGradients: sweep.zeroGradients[i],
        };
      }),
    );
  });
});

describe('accuracy(labels, predicted) and correct(labels, predicted)', () => {
  it('compare image by image', () => {
    expect(correct('7710', '7170')).toEqual([true, false, false, true]);
    expect(accuracy('7710', '7170')).toEqual(wilson(2, 4));
  });
});

describe('rowAt(rows, epsilon)', () => {
  it('finds the row of an ε', () => {
    expect(rowAt(curve(sweep), 0.2).zeroGradients).toBe(1);
  });

  it('refuses an ε that is not on the grid, and states the grid', () => {
    expect(() => rowAt(rows(1, 0.5), 0.30000000000000004)).toThrow(
      new RangeError('invalid epsilon: 0.30000000000000004, expected one of 0, 0.1'),
    );
  });
});

describe('crossing(rows, level)', () => {
  it('is where the line through the rows falls to the level', () => {
    // From 0.8 at 0.1 to 0.4 at 0.2, half is three quarters of the way.
    expect(crossing(rows(1, 0.8, 0.4, 0), 0.5)).toBeCloseTo(0.175, 12);
  });

  it('is the first such place on a curve that rises again', () => {
    expect(crossing(rows(1, 0, 1, 0), 0.5)).toBeCloseTo(0.05, 12);
  });

  it('is a row that lies on the level itself', () => {
    expect(crossing(rows(1, 0.5, 0.2), 0.5)).toBeCloseTo(0.1, 12);
    expect(crossing(rows(1, 0.5, 0.7), 0.5)).toBeCloseTo(0.1, 12);
    expect(crossing(rows(1, 0.7, 0.5), 0.5)).toBeCloseTo(0.2, 12);
    expect(crossing(rows(0.5, 0.2), 0.5)).toBe(0);
  });

  it('is undefined where the curve stays above, or below from the start', () => {
    expect(crossing(rows(1, 0.9, 0.6), 0.5)).toBeUndefined();
    expect(crossing(rows(0.4, 0.2), 0.5)).toBeUndefined();
    expect(crossing([], 0.5)).toBeUndefined();
  });
});

describe('smallestFlippingEpsilons(sweep)', () => {
  it('holds one ε for each image read correctly at 0, null where it never flips', () => {
    // Images 0, 1, 2 and 4; image 3 is misclassified from the start and left out.
    expect(smallestFlippingEpsilons(sweep)).toEqual([0.1, 0.3, null, 0.1]);
  });
});

describe('confusion(labels, predicted)', () => {
  it('counts true classes in rows, predicted ones in columns', () => {
    const counts = confusion('77103', '97163');
    expect(counts).toHaveLength(10);
    expect(counts.every((row) => row.length === 10)).toBe(true);
    const cells = counts.flatMap((row, label) =>
      row.flatMap((n, p) => (n > 0 ? [`${n} × ${label} as ${p}`] : [])),
    );
    expect(cells).toEqual(['1 × 0 as 6', '1 × 1 as 1', '1 × 3 as 3', '1 × 7 as 7', '1 × 7 as 9']);
  });
});

describe('ledToTarget(labels, predicted)', () => {
  it('is the share of images of other classes that become the target', () => {
    // Labels 0, 1, 1. Towards 0 the two ones count, of which one arrives; towards 1 the zero alone, which does.
    expect(ledToTarget('011', ['001', '111'])).toBeCloseTo(2 / 3, 12);
  });
});
