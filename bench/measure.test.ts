import { expect, test } from 'vitest';
import { inTurns, ratio, timesOf } from './measure.ts';

test('timesOf(runs) gives the median of an odd and of an even number of runs', () => {
  expect(timesOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3, runs: [3, 1, 2] });
  expect(timesOf([10, 1, 2, 3]).median).toBe(2.5);
});

test('timesOf(runs) throws without runs', () => {
  expect(() => timesOf([])).toThrow('no runs: at least one is needed');
});

test('inTurns(work, options) alternates and leaves the warm-up out', async () => {
  const order: string[] = [];
  const work = (name: string) => () => Promise.resolve({ seconds: order.push(name), processorSeconds: 0 });
  const times = await inTurns({ a: work('a'), b: work('b') }, { runs: 2 });
  expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
  expect(times.a.runs).toEqual([3, 5]);
  expect(times.b.runs).toEqual([4, 6]);
});

test('ratio(a, b) divides run by run', () => {
  expect(ratio(timesOf([2, 30, 4]), timesOf([1, 10, 2]))).toBe(2);
});
