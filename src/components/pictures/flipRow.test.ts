import { describe, expect, it } from 'vitest';
import { flipRow } from './flipRow.ts';

/** An image that is predicted as `predicted(ε)` at each ε = i / 200. */
const followed = (predicted: (epsilon: number) => number, count = 101) => ({
  epsilon: 0.3,
  alongEpsilon: Array.from({ length: count }, (_, i) => {
    const probabilities = Array.from({ length: 10 }, (_p, digit) =>
      digit === predicted(i / 200) ? 0.55 : 0.05,
    );
    return { epsilon: i / 200, prediction: { logits: probabilities, probabilities } };
  }),
});
const epsilons = (example: Parameters<typeof flipRow>[0]) => flipRow(example).map(({ epsilon }) => epsilon);

describe('flipRow(example)', () => {
  it('takes both sides of each change and the example’s ε, then fills the widest gaps', () => {
    const row = flipRow(followed((epsilon) => (epsilon < 0.11 ? 7 : epsilon < 0.185 ? 3 : 8)));
    expect(row.map(({ epsilon }) => epsilon)).toEqual([0.05, 0.105, 0.11, 0.15, 0.18, 0.185, 0.25, 0.3]);
    expect(row.map(({ predicted }) => predicted)).toEqual([7, 7, 3, 3, 3, 8, 8, 8]);
    expect(row.flatMap(({ from, epsilon }) => (from === undefined ? [] : [[epsilon, from]]))).toEqual([
      [0.11, 7],
      [0.185, 3],
    ]);
    expect(row[0]!.probability).toBe(0.55);
  });

  it('halves the widest gaps of the grid if nothing changes, of equal ones the first', () => {
    expect(epsilons(followed(() => 7))).toEqual([0.025, 0.05, 0.075, 0.1, 0.125, 0.15, 0.225, 0.3]);
    expect(flipRow(followed(() => 7)).every(({ from }) => from === undefined)).toBe(true);
  });

  it('keeps the first changes if there are more than four', () => {
    const row = epsilons(followed((epsilon) => Math.min(9, Math.floor(epsilon * 20))));
    expect(row).toEqual([0.045, 0.05, 0.095, 0.1, 0.145, 0.15, 0.195, 0.2]);
  });

  it('takes what there is of a short grid', () => {
    expect(epsilons(followed(() => 7, 4))).toEqual([0.005, 0.01, 0.015]);
  });
});
