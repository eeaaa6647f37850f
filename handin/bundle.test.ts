import { describe, expect, it } from 'vitest';
import { fixtures } from '../src/components/figures/fixtures.ts';
import { indicesCsv, predictionsCsv, reportNumbers } from './bundle.ts';

const weights = new Uint8Array([1, 2, 3]);
const table = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

describe('reportNumbers(answers, weights, build)', () => {
  it('takes both attacks of the same image and both curves of the same grid', () => {
    const numbers = reportNumbers(fixtures, weights, '1.0.0 abc');
    expect(numbers).toMatchObject({ build: '1.0.0 abc', image: 0, label: 7, epsilon: 0.3, steps: 5 });
    expect(numbers.weightsSha256).toBe('039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81');
    expect(numbers.prediction.x).toEqual(fixtures['fgsm-example'].original.prediction.probabilities);
    expect(numbers.prediction.iterative).toEqual(
      fixtures['iterative-example'].path[4]!.prediction.probabilities,
    );
    expect(numbers.accuracy.fgsm).toHaveLength(numbers.epsilons.length);
    expect(numbers.accuracy.fgsm[0]).toBe(1 - 3 / 200);
    expect(numbers.indices).toEqual(fixtures['fgsm-curve'].clipped.indices);
  });
});

describe('predictionsCsv(answers)', () => {
  it('has a row for each class with logits and probabilities of x and both x*', () => {
    const [header, ...rows] = table(predictionsCsv(fixtures));
    expect(header).toEqual([
      'class',
      ...['original', 'fgsm', 'iterative'].flatMap((name) => [`${name}_logit`, `${name}_probability`]),
    ]);
    expect(rows.map(([digit]) => digit)).toEqual(Array.from('0123456789'));
    expect(rows.map((row) => Number(row[2]))).toEqual(
      fixtures['fgsm-example'].original.prediction.probabilities,
    );
  });
});

describe('indicesCsv(answers)', () => {
  it('has a row for each image', () => {
    const [, first, second] = table(indicesCsv(fixtures));
    expect([first, second]).toEqual([
      ['0', '0'],
      ['3', '1'],
    ]);
  });
});
