import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reportOptions } from '../compute/options.ts';
import { modelPathsOf } from '../compute/results/files.ts';
import { candidateEpsilons, chosenDefence, defenceCandidates } from './defenceChoice.ts';

const candidate = (epsilon: number, clean: number, pgd: number) => ({
  epsilon,
  clean,
  fgsm: 1,
  pgd,
  weights: '0123456789abcdef',
});

describe('chosenDefence(candidates)', () => {
  it('takes the highest accuracy under PGD among those that reach the bar, the smaller ε of equals', () => {
    const [below, low, high] = [
      candidate(0.5, 0.9749, 0.99),
      candidate(0.1, 0.975, 0.8),
      candidate(0.3, 0.98, 0.9),
    ];
    expect(chosenDefence([below, low, high])).toBe(high);
    expect(chosenDefence([high, candidate(0.2, 0.99, 0.9)]).epsilon).toBe(0.2);
  });

  it('refuses to choose where none reaches the bar', () => {
    expect(() => chosenDefence([candidate(0.1, 0.97, 0.9)])).toThrow('no candidate reaches 0.975');
  });
});

describe('the record of the choice', () => {
  it('has all candidates, and the options and the locked weights are those of the chosen one', () => {
    expect(defenceCandidates.map(({ epsilon }) => epsilon)).toEqual(candidateEpsilons);
    const { epsilon, weights } = chosenDefence(defenceCandidates);
    expect(reportOptions.defence.adversary.epsilon).toBe(epsilon);
    const { files } = JSON.parse(readFileSync('results.lock.json', 'utf8')) as {
      files: Record<string, { sha256: string }>;
    };
    expect(files[modelPathsOf('mnist-cnn-defended').weights]!.sha256.slice(0, 16)).toBe(weights);
  });
});
