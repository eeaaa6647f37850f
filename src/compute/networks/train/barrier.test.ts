import { describe, expect, test } from 'vitest';
import { createBarrier, waitAtBarrier } from './barrier.ts';

// Barriers of several threads are met in build/workerPool.test.ts.
describe('createBarrier(parties)', () => {
  test('with one party never waits', () => {
    const barrier = createBarrier(1);
    for (let round = 0; round < 3; round++) waitAtBarrier(barrier);
  });

  test.each([0, -2, 0.5, Number.NaN])('throws on %d parties', (parties) => {
    expect(() => createBarrier(parties)).toThrow(`invalid parties: ${parties}, expected a positive integer`);
  });
});
