import { expect, test } from 'vitest';
import { inTurns, ratio } from './measure.ts';

test('inTurns(cases, run, options) alternates and leaves the warm-up out', async () => {
  const order: string[] = [];
  const run = (name: string) => Promise.resolve({ seconds: order.push(name), processorSeconds: 0 });
  const [a, b] = await inTurns(['a', 'b'], run, { runs: 2 });
  expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
  expect(a).toEqual({ median: 4, min: 3, max: 5, runs: [3, 5] });
  expect(b!.runs).toEqual([4, 6]);
});

test('ratio(a, b) divides run by run', () => {
  const [a, b] = [
    [2, 30, 4],
    [1, 10, 2],
  ].map((runs) => ({ median: 0, min: 0, max: 0, runs }));
  expect(ratio(a!, b!)).toBe(2);
});
