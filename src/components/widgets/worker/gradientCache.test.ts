import { describe, expect, it } from 'vitest';
import { createGradientCache } from './gradientCache.ts';

describe('createGradientCache(capacity)', () => {
  const original = { prediction: { logits: [0, 1], probabilities: [0.3, 0.7] }, loss: 1 };
  const start = (label: number) => ({ label, original, gradient: Float32Array.of(1) });
  it('finds by pixels and label, or by pixels and the class that is predicted', () => {
    const cache = createGradientCache();
    cache.keep(Float32Array.of(0.5), start(0));
    cache.keep(Float32Array.of(0.5), start(1));
    expect(cache.find(Float32Array.of(0.5), 0)?.label).toBe(0);
    expect(cache.find(Float32Array.of(0.5), undefined)?.label).toBe(1);
    expect(cache.find(Float32Array.of(0.25), 0)).toBeUndefined();
  });
  it('forgets the oldest', () => {
    const cache = createGradientCache(1);
    cache.keep(Float32Array.of(0.5), start(0));
    cache.keep(Float32Array.of(0.25), start(0));
    expect(cache.find(Float32Array.of(0.5), 0)).toBeUndefined();
    expect(() => createGradientCache(0)).toThrow('invalid capacity: 0');
  });
});
