import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pythonDefinition } from './pythonCode.ts';

const source = `import os

LIMITS = [
    1,
]


@cached
def first(a):
    """Says: def second(b)."""

    def inner():
        return a

    return inner


first_two = first(2)


def first_three(c):
    return c
`;

describe('pythonDefinition(source, name)', () => {
  it('gives a function with its decorators, inner functions and empty lines, and nothing after it', () => {
    expect(pythonDefinition(source, 'first')).toBe(
      '@cached\ndef first(a):\n    """Says: def second(b)."""\n\n    def inner():\n        return a\n\n    return inner',
    );
    expect(pythonDefinition(source, 'first_three')).toBe('def first_three(c):\n    return c');
  });

  it('gives what a name is set to, over several lines if need be', () => {
    expect(pythonDefinition(source, 'first_two')).toBe('first_two = first(2)');
    expect(pythonDefinition(source, 'LIMITS')).toBe('LIMITS = [\n    1,\n]');
  });

  it.each(['inner', 'second', 'os', 'firs'])(
    'throws on %s, which the module does not define at its top level',
    (name) => {
      expect(() => pythonDefinition(source, name)).toThrow(`${name} is not defined at the top level`);
    },
  );

  it('finds what answers each question in problem1.py', () => {
    const script = readFileSync('handin/problem1.py', 'utf8');
    for (const name of [
      'fgsm',
      'question_1',
      'question_2',
      'draw_curve',
      'iterative_fgsm',
      'question_3',
      'question_4',
    ])
      expect(pythonDefinition(script, name).split('\n').length, name).toBeLessThanOrEqual(16);
  });
});
