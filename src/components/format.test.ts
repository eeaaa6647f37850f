import { describe, expect, it } from 'vitest';
import {
  aDigit,
  aDigitName,
  bytes,
  compared,
  count,
  decimal,
  epsilon,
  exponential,
  fourDigits,
  listed,
  loss,
  numberWord,
  of255,
  percent,
  percentagePoints,
  probability,
  range,
  relation,
  shortHash,
  stepsName,
} from './format.ts';

describe('format', () => {
  it('decimal(value, decimals) sets thousands off, uses U+2212 and never prints a negative zero', () => {
    expect(decimal(1234567.5, 1)).toBe('1,234,567.5');
    expect(decimal(-0.25, 2)).toBe('\u22120.25');
    expect(decimal(-0.001, 2)).toBe('0.00');
    expect(decimal(999)).toBe('999');
    expect(() => decimal(NaN)).toThrow('cannot print NaN');
  });

  it('count(value) refuses what is not whole', () => {
    expect(count(10_000)).toBe('10,000');
    expect(() => count(1.5)).toThrow('1.5');
  });

  it('percent(share) puts a no-break space before the sign', () => {
    expect(percent(0.988)).toBe('98.8\u00a0%');
  });

  it('percentagePoints(difference) is signed unless it rounds to nothing', () => {
    expect(percentagePoints(0.012)).toBe('+1.2\u00a0points');
    expect(percentagePoints(-0.35)).toBe('\u221235.0\u00a0points');
    expect(percentagePoints(0.0001)).toBe('0.0\u00a0points');
  });

  it('probability(value) claims neither 0 nor 1', () => {
    expect(probability(0.67215)).toBe('0.6722');
    expect(probability(1.2e-9)).toBe('<\u00a00.0001');
    expect(probability(0.99999)).toBe('>\u00a00.9999');
    expect(probability(0)).toBe('<\u00a00.0001');
    expect(probability(1)).toBe('>\u00a00.9999');
    for (const bad of [-0.1, 1.1, NaN]) expect(() => probability(bad)).toThrow(`invalid probability: ${bad}`);
  });

  it('relation(value) writes one sign between p and its value', () => {
    expect(relation(0.9588)).toBe('=\u00a00.9588');
    expect(relation(0.99999)).toBe('>\u00a00.9999');
    expect(relation(1e-9)).toBe('<\u00a00.0001');
  });

  it('fourDigits(value) keeps four significant digits and never claims 1', () => {
    const shown = [7.265298e-8, 2.74189e-14, 0.0009999, 0.007006355, 0.95883, 0.99991852, 0.99998, 1, 0];
    expect(shown.map(fourDigits)).toEqual([
      '7.265e−8',
      '2.742e−14',
      '9.999e−4',
      '0.007006',
      '0.9588',
      '0.9999',
      '>\u00a00.9999',
      '>\u00a00.9999',
      '0',
    ]);
    for (const value of [-0.1, 1.1, NaN]) expect(() => fourDigits(value)).toThrow('invalid probability');
  });

  it('loss(value) hides no small loss behind zeros', () => {
    expect([0, 8.14e-5, 0.02291, 0.6931, 11.7047].map(loss)).toEqual([
      '0.0000',
      '8.1e\u22125',
      '0.0229',
      '0.6931',
      '11.70',
    ]);
  });

  it('epsilon and of255 drop the noise of binary fractions', () => {
    expect(epsilon(12 * 0.025)).toBe('0.3');
    expect(of255(0.3)).toBe('76.5');
    expect(of255(0.2)).toBe('51');
  });

  it('shortHash(hash) and bytes(size)', () => {
    expect(shortHash('3f9c2ab1aaaaaaaaaaaad07e')).toBe('3f9c2ab1\u2026d07e');
    expect(shortHash('7c1e4d2')).toBe('7c1e4d2');
    expect(bytes(640)).toBe('640\u00a0B');
    expect(bytes(412_000)).toBe('412\u00a0KB');
    expect(bytes(999_499)).toBe('999\u00a0KB');
    expect(bytes(999_999)).toBe('1.0\u00a0MB');
    expect(bytes(1_234_567)).toBe('1.2\u00a0MB');
  });

  it('exponential(value) sets a minus, not a hyphen', () => {
    expect(exponential(1e-6)).toBe('1e\u22126');
    expect(exponential(2.1314e-6, 3)).toBe('2.131e\u22126');
    expect(exponential(1)).toBe('1');
  });

  it('numberWord, stepsName and aDigit write numbers as a sentence wants them', () => {
    expect([1, 5, 20].map(stepsName)).toEqual(['one step', 'five steps', '20 steps']);
    expect([0, 5, 10, 11, 1000].map(numberWord)).toEqual(['zero', 'five', 'ten', '11', '1,000']);
    expect([7, 8].map(aDigit)).toEqual(['a 7', 'an 8']);
    expect([7, 8].map(aDigitName)).toEqual(['a seven', 'an eight']);
    expect(() => numberWord(0.5)).toThrow('0.5');
  });

  it('compared(a, b, words), listed(items) and range(shares) choose and join words', () => {
    expect([1, 2, 3].map((a) => compared(a, 2, ['less', 'as much', 'more']))).toEqual([
      'less',
      'as much',
      'more',
    ]);
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
    expect(range([0.595, 0.456])).toBe('45.6 to 59.5\u00a0%');
  });
});
