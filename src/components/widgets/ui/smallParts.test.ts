import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { dumbbell, place, scaleTicks } from './dumbbell.ts';
import { clippedShare } from '../session/example.ts';
import { inflate } from '../session/inflate.ts';
import { pixelsOf } from '../session/pixelsOf.ts';
import { statusWords } from '../session/status.ts';
import { verdictChanges } from '../session/verdictChanges.ts';
import { aDigit, deviceWords, duration, relation, tiny } from './words.ts';
import { createGradientCache } from '../worker/gradientCache.ts';

describe('relation(value)', () => {
  it('writes one sign between p and its value', () => {
    expect([1, 0.95883, 0.99997, 0.00001].map(relation)).toEqual([
      '>\u00a00.9999',
      '= 0.9588',
      '>\u00a00.9999',
      '<\u00a00.0001',
    ]);
  });
});

describe('dumbbell(before, after, scale)', () => {
  it('places probabilities linearly or by their decade, never outside', () => {
    expect(dumbbell(0.75, 0.25, 'linear')).toEqual({ before: 75, after: 25, left: 25, width: 50 });
    expect(place(1e-6, 'log')).toBe(50);
    expect(place(0, 'log')).toBe(0);
    expect(place(1e-20, 'log')).toBe(0);
    expect(scaleTicks('log').map(({ text, exponent }) => text + (exponent ?? ''))).toEqual([
      '10−12',
      '10−9',
      '10−6',
      '10−3',
      '1',
    ]);
  });
});

describe('verdictChanges(along)', () => {
  it('lists the first ε of each new verdict', () => {
    expect(verdictChanges({ epsilons: [0, 0.1, 0.2, 0.3], verdicts: [7, 3, 3, 7] })).toEqual([
      { epsilon: 0.1, from: 7, to: 3 },
      { epsilon: 0.3, from: 3, to: 7 },
    ]);
  });
});

describe('clippedShare(shown)', () => {
  it('counts the pixels that a step would have moved out of [0, 1]', () => {
    const step = {
      signs: Int8Array.of(-1, 1, 1, 0),
      perturbed: Float32Array.of(0, 1, 0.75, 1),
      probabilities: [],
      loss: 0,
    };
    expect(clippedShare({ pixels: Float32Array.of(0, 1, 0.5, 1), path: [step], epsilon: 0.25 })).toBe(0.5);
  });
});

describe('inflate(packed)', () => {
  it('unpacks what was packed and throws on a part of it', async () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);
    const packed = new Uint8Array(deflateRawSync(bytes));
    expect(await inflate(packed)).toEqual(bytes);
    await expect(inflate(packed.slice(0, 40))).rejects.toThrow('incomplete');
  });
});

describe('pixelsOf(bytes)', () => {
  it('gives the floats of one image', () => {
    const bytes = new Uint8Array(2 * 784).fill(255, 784);
    expect(pixelsOf(bytes)(1).every((value) => value === 1)).toBe(true);
    expect(() => pixelsOf(bytes)(2)).toThrow('invalid image: 2');
    expect(() => pixelsOf(new Uint8Array(5))).toThrow('invalid images: 5 bytes');
  });
});

describe('createGradientCache(capacity)', () => {
  const pixels = (value: number) => Float32Array.of(value);
  const start = (label: number) => ({
    label,
    original: { prediction: { logits: [0, 1], probabilities: [0.3, 0.7] }, loss: 1 },
    gradient: Float32Array.of(1),
  });
  it('finds by pixels and label, or by pixels and the class that is read', () => {
    const cache = createGradientCache();
    cache.keep(pixels(0.5), start(0));
    cache.keep(pixels(0.5), start(1));
    expect(cache.find(pixels(0.5), 0)?.label).toBe(0);
    expect(cache.find(pixels(0.5), undefined)?.label).toBe(1);
    expect(cache.find(pixels(0.25), 0)).toBeUndefined();
  });
  it('forgets the oldest', () => {
    const cache = createGradientCache(1);
    cache.keep(pixels(0.5), start(0));
    cache.keep(pixels(0.25), start(0));
    expect(cache.find(pixels(0.5), 0)).toBeUndefined();
    expect(() => createGradientCache(0)).toThrow('invalid capacity: 0');
  });
});

describe('words', () => {
  it('writes digits, small differences, times and devices', () => {
    expect([aDigit(7), aDigit(8)]).toEqual(['a seven', 'an eight']);
    expect(() => aDigit(10)).toThrow('invalid digit: 10');
    expect([tiny(3.2e-6), tiny(0)]).toEqual(['3e−6', '0']);
    expect([duration(41.3), duration(2440)]).toEqual(['41\u00a0ms', '2.4\u00a0s']);
    expect(deviceWords({ backend: 'webgl', precision: 'float16', software: true })).toBe(
      'webgl float16, a 16-bit device',
    );
    expect(deviceWords({ backend: 'cpu', precision: 'float32', software: false })).toBe(
      'cpu float32, without WebGL',
    );
  });
});

describe('statusWords(status)', () => {
  it('says what could not be had, and that the stored result stands', () => {
    const { details } = statusWords({ kind: 'unavailable', reason: 'The weights are gone.' });
    expect(details).toBe('The weights are gone. The figure shows the stored result.');
  });
});
