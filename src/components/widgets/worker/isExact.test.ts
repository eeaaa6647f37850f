import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { fusedGradients } from '../../../compute/backend/fusedGradients.ts';
import { isExact } from './isExact.ts';

beforeAll(async () => {
  fusedGradients.forEach(tf.registerGradient);
  await tf.setBackend('cpu');
});
afterEach(() => void vi.restoreAllMocks());

/** Lets what is read from the backend be disturbed. */
function disturb(change: (values: Float32Array, read: number) => void): void {
  const backend = tf.backend();
  const readSync = backend.readSync.bind(backend);
  let reads = 0;
  vi.spyOn(backend, 'readSync').mockImplementation((id) => {
    const values = (readSync(id) as Float32Array).slice();
    change(values, ++reads);
    return values;
  });
}

it('trusts a backend that gives back what it is given, and leaves no tensor behind', () => {
  const before = tf.memory().numTensors;
  expect(isExact()).toBe(true);
  expect(tf.memory().numTensors).toBe(before);
});

it('trusts none that changes a single value, has a wrong sign or gives back no numbers', () => {
  disturb((values, read) => {
    if (read === 1) values[500]! += 1e-6;
  });
  expect(isExact()).toBe(false);
  vi.restoreAllMocks();
  disturb((values, read) => {
    if (read > 1) values[783] = -values[783]!;
  });
  expect(isExact()).toBe(false);
  vi.restoreAllMocks();
  disturb((values) => values.fill(NaN));
  expect(isExact()).toBe(false);
});
