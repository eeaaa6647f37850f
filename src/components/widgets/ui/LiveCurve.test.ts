import { describe, expect, it, vi } from 'vitest';
import { flipsBetween } from './FlipList.tsx';
import { nearest } from './LiveCurve.tsx';

vi.mock('./connectEngine.ts', () => ({}));

describe('flipsBetween(predicted, at)', () => {
  it('lists the images whose label changes', () => {
    expect(flipsBetween(['700', '730'], 1)).toEqual([{ place: 1, from: '0', to: '3' }]);
  });
});

describe('nearest(values, wanted)', () => {
  it('is the place of the closest value', () => {
    expect(nearest([0, 0.1, 0.2], 0.14)).toBe(1);
    expect(nearest([0, 0.1, 0.2], 9)).toBe(2);
  });
});
