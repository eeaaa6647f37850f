import { describe, expect, it } from 'vitest';
import { dumbbell, place, scaleTicks } from './PredictionVector.tsx';

describe('dumbbell(before, after, scale)', () => {
  it('places probabilities linearly or by their decade, never outside', () => {
    expect(dumbbell(0.75, 0.25, 'linear')).toEqual({ before: 75, after: 25, left: 25, width: 50 });
    expect(place(1e-6, 'log')).toBe(50);
    expect(place(0, 'log')).toBe(0);
    expect(place(1e-20, 'log')).toBe(0);
    expect(scaleTicks('log').map(({ text }) => text)).toEqual(['1e−12', '1e−9', '1e−6', '1e−3', '1']);
  });
});
