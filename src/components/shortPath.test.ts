import { expect, test } from 'vitest';
import { shortPath } from './shortPath.ts';

test('shortPath(path) tells each point from the one before, and adds no error up', () => {
  expect(shortPath('M46,39.9L119.4,49L46,39.9Z')).toBe('M46 39.9l73.4 9.1l-73.4-9.1Z');
  expect(shortPath('M0 0L1 1M5 -5L4 4')).toBe('M0 0l1 1M5-5l-1 9');
  const points = Array.from({ length: 100 }, (_, i) => (i * 0.7).toFixed(1));
  const path = (y: number) => `M0 0L${points.map((x, i) => `${x} ${(i % 2) * y}`).join('L')}`;
  const steps = shortPath(path(1)).match(/l[\d.]+/g)!;
  expect(steps.reduce((sum, step) => sum + Number(step.slice(1)), 0)).toBeCloseTo(69.3, 6);
  expect(shortPath(path(0))).toBe('M0 0h69.3');
  expect(shortPath('M0 0L5 0L9 0L9 3L6 3L2 3L4 3')).toBe('M0 0h9l0 3h-7l2 0');
});
