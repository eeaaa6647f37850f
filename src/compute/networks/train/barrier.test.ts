import { describe, expect, test } from 'vitest';
import { createBarrier, waitAtBarrier } from './barrier.ts';

// Barriers of several threads are met in build/workerPool.test.ts.
describe('createBarrier(workers)', () => {
  test('with one worker never waits', () => {
    const barrier = createBarrier(1);
    for (let round = 0; round < 3; round++) waitAtBarrier(barrier);
  });

  test.each([0, -2, 0.5, Number.NaN])('throws on %d workers', (workers) => {
    expect(() => createBarrier(workers)).toThrow(`invalid workers: ${workers}, expected a positive integer`);
  });
});
