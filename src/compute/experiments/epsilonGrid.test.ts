import { expect, it } from 'vitest';
import { reportOptions } from '../options.ts';
import { epsilonGrid } from './epsilonGrid.ts';

it('epsilonGrid(count, denominator) is i / denominator, never a running sum', () => {
  const grid = epsilonGrid(21, 40);
  expect(grid).toHaveLength(21);
  expect(grid[0]).toBe(0);
  expect(grid[12]).toBe(0.3); // 12 × 0.025 is 0.30000000000000004.
  expect(grid[20]).toBe(0.5);
  expect(grid.map((epsilon) => epsilon * 40)).toEqual(Array.from({ length: 21 }, (_, i) => i));
});

it('epsilonGrid(count, denominator) holds the ε of the report’s image and of its other figures', () => {
  const { sweep, example, fooledClasses, gallery, stepsCurve, randomSigns } = reportOptions;
  const grid = epsilonGrid(sweep.epsilonCount, sweep.epsilonDenominator);
  const used = [example, fooledClasses].map(({ epsilon }) => epsilon);
  const lists = [gallery, stepsCurve, randomSigns].flatMap(({ epsilons }) => epsilons);
  expect(grid).toEqual(expect.arrayContaining([...used, ...lists]));
});

it('epsilonGrid(count, denominator) reaches 1 at most', () => {
  expect(epsilonGrid(3, 2)).toEqual([0, 0.5, 1]);
  expect(() => epsilonGrid(4, 2)).toThrow('invalid grid: up to 3 / 2, expected at most 1');
});

it.each([
  [0, 40],
  [2.5, 40],
  [21, 0],
  [21, -40],
  [NaN, 40],
])('epsilonGrid refuses %d values of i / %d', (count, denominator) => {
  expect(() => epsilonGrid(count, denominator)).toThrow(
    `invalid grid: ${count} values of i / ${denominator}, expected positive integers`,
  );
});
