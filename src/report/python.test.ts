import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { agreementFile, pythonDefinition, readAgreement, type Agreement } from './python.ts';

const weightsSha256 = 'a'.repeat(64);
const record: Agreement = {
  weightsSha256,
  agree: true,
  image: 0,
  differences: {
    prediction: { x: 0, fgsm: 1e-7, iterative: 1e-8 },
    accuracy: { fgsm: 0, iterative: 0.001 },
  },
  versions: { python: '3.11.7', jax: '0.10.2' },
};

function file(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'agreement-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'agreement.json');
  writeFileSync(path, content);
  return path;
}

describe('readAgreement(weightsSha256, file)', () => {
  it('gives the record of these weights', () => {
    expect(readAgreement(weightsSha256, file(JSON.stringify(record)))).toEqual(record);
  });

  it('gives nothing for other weights and for a disagreement', () => {
    expect(readAgreement('b'.repeat(64), file(JSON.stringify(record)))).toBeUndefined();
    expect(readAgreement(weightsSha256, file(JSON.stringify({ ...record, agree: false })))).toBeUndefined();
  });

  it('throws on a record that does not fit', () => {
    expect(() => readAgreement(weightsSha256, file('{}'))).toThrow(
      /agreement.json does not fit.*test:handin/,
    );
  });

  it('reads the committed record', () => {
    const committed = JSON.parse(readFileSync(agreementFile, 'utf8')) as Agreement;
    expect(readAgreement(committed.weightsSha256)).toEqual(committed);
  });
});

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
