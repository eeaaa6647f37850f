import { describe, expect, it } from 'vitest';
import { csv } from './csv.ts';

describe('csv(header, rows)', () => {
  it('writes floats so that they read back to the same number', () => {
    const values = [0.1 + 0.2, Math.fround(1.2e-9), -0.5];
    const lines = csv(['a', 'b', 'c'], [values]).split('\n');
    expect(lines[0]).toBe('a,b,c');
    expect(lines[1]!.split(',').map(Number)).toEqual(values);
    expect(lines[2]).toBe('');
  });

  it('throws on a row of another length, a value that is not finite, a name with a comma', () => {
    expect(() => csv(['a', 'b'], [[1]])).toThrow('invalid row: 1, expected 2 finite numbers');
    expect(() => csv(['a'], [[NaN]])).toThrow('invalid row: NaN');
    expect(() => csv(['a,b'], [])).toThrow('invalid column: a,b');
  });
});
