import { describe, expect, it } from 'vitest';
import { markerPlacement } from './markerPlacement.ts';

describe('markerPlacement(epsilon, maxEpsilon)', () => {
  it('stands right of the line in the middle, left above 0.4, over the plot below 0.2', () => {
    expect([0, 0.19, 0.2, 0.3, 0.4, 0.41, 0.5].map((epsilon) => markerPlacement(epsilon, 0.5))).toEqual([
      'above',
      'above',
      'right',
      'right',
      'right',
      'left',
      'left',
    ]);
  });

  it.each([-0.1, 0.6, NaN])('throws for %s', (epsilon) => {
    expect(() => markerPlacement(epsilon, 0.5)).toThrow(
      `invalid epsilon: ${epsilon}, expected a number from 0 to 0.5`,
    );
  });
});
