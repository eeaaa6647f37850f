import { expect, it } from 'vitest';
import { place } from './PredictionVector.tsx';

it('place(p, scale) is linear or by the decade, never outside', () => {
  expect(place(0.75, 'linear')).toBe(75);
  expect(place(1e-6, 'log')).toBe(50);
  expect(place(0, 'log')).toBe(0);
  expect(place(1e-20, 'log')).toBe(0);
  expect(place(1, 'log')).toBe(100);
});
