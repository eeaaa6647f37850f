import { expect, test } from 'vitest';
import { shortPath } from './shortPath.ts';

test('shortPath(path) tells each point from the one before, and adds no error up', () => {
  expect(shortPath('M46,39.9L119.4,49L46,39.9Z')).toBe('M46 39.9l73.4 9.1l-73.4-9.1Z');
  expect(shortPath('M0 0L1 1M5 -5L4 4')).toBe('M0 0l1 1M5-5l-1 9');
  const points = Array.from({ length: 100 }, (_, i) => (i * 0.7).toFixed(1));
  const steps = shortPath(`M0 0L${points.map((x) => `${x} 0`).join('L')}`).match(/l[\d.]+/g)!;
  expect(steps.reduce((sum, step) => sum + Number(step.slice(1)), 0)).toBeCloseTo(69.3, 6);
});
