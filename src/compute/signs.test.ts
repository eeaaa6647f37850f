import { describe, expect, it } from 'vitest';
import { replay, signsFromText, signsOf, signText } from './signs.ts';

describe('replay(image, signs, options)', () => {
  it('moves each pixel by ε/k a step and stays in the box and in [0, 1]', () => {
    const image = Float32Array.of(0, 0.5, 1, 0.5);
    const [one, two] = replay(image, [signsFromText('-++0'), signsFromText('-+--')], {
      epsilon: 0.5,
      clip: true,
    });
    expect(Array.from(one!)).toEqual([0, 0.75, 1, 0.5]);
    expect(Array.from(two!)).toEqual([0, 1, 0.75, 0.25]);
  });

  it('leaves [0, 1] without the clip, but not the box', () => {
    const [one] = replay(Float32Array.of(0, 1), [signsFromText('-+')], { epsilon: 0.25, clip: false });
    expect(Array.from(one!)).toEqual([-0.25, 1.25]);
  });

  it('computes in float32', () => {
    const [one] = replay(Float32Array.of(0.1), [signsFromText('+')], { epsilon: 0.3, clip: true });
    expect(one![0]).toBe(Math.fround(Math.fround(0.1) + Math.fround(0.3)));
  });

  it('stays in the box where rounding takes the steps out of it', () => {
    // In float32 three times 0.1 / 3 is 0.10000001.
    const points = replay(Float32Array.of(0), Array(3).fill(signsFromText('+')), { epsilon: 0.1 });
    expect(points[2]![0]).toBe(Math.fround(0.1));
  });

  it('throws for another number of signs', () => {
    expect(() => replay(Float32Array.of(0, 0), [signsFromText('+')], { epsilon: 0.1 })).toThrow(
      'invalid signs: 1, expected 2, one for each pixel',
    );
  });
});

describe('signsOf(gradient), signText(gradient) and signsFromText(text)', () => {
  const gradient = [1e-30, -1e-30, 0, -0, 5, -Infinity];

  it('hold one sign for each pixel, however small', () => {
    expect(Array.from(signsOf(gradient))).toEqual([1, -1, 0, 0, 1, -1]);
    expect(signText(gradient)).toBe('+-00+-');
    expect(signText(signsOf(gradient))).toBe('+-00+-');
    expect(signsFromText('+-00+-')).toEqual(signsOf(gradient));
  });

  it('refuse other characters', () => {
    expect(() => signsFromText('+x')).toThrow('invalid sign 1: "x", expected "-", "0" or "+"');
  });
});
