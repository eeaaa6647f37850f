import { describe, expect, it } from 'vitest';
import { signsFromText } from '../../../compute/signs.ts';
import { clippedShare, epsilonCurve, predictionChanges } from './view.ts';

describe('clippedShare(result)', () => {
  const step = (signs: string, ...perturbed: number[]) => ({
    signs: signsFromText(signs),
    perturbed: Float32Array.from(perturbed),
    prediction: { probabilities: [] },
    loss: 0,
  });

  it('counts the pixels that a step would have moved out of [0, 1]', () => {
    const path = [step('-++0', 0, 1, 0.75, 1)];
    expect(clippedShare({ pixels: Float32Array.of(0, 1, 0.5, 1), path, epsilon: 0.25 })).toBe(0.5);
  });

  it('counts a pixel once, in whichever step of ε/k it is stopped', () => {
    // α = 0.25: the first pixel is stopped in both steps, the second in the last alone, the third never.
    const path = [step('+++', 1, 0.875, 0.75), step('++-', 1, 1, 0.5)];
    expect(clippedShare({ pixels: Float32Array.of(1, 0.625, 0.5), path, epsilon: 0.5 })).toBeCloseTo(2 / 3);
  });
});

describe('epsilonCurve(points, label)', () => {
  it('takes the strongest class but the true one as rival, or the target, and the lowest of equal ones as prediction', () => {
    const points = [
      { epsilon: 0, prediction: { probabilities: [0.1, 0.7, 0.2] } },
      { epsilon: 0.1, prediction: { probabilities: [0.4, 0.4, 0.2] } },
      { epsilon: 0.2, prediction: { probabilities: [0.2, 0.4, 0.4] } },
    ];
    const curve = {
      epsilons: [0, 0.1, 0.2],
      label: [0.7, 0.4, 0.4],
      rival: [0.2, 0.4, 0.4],
      predicted: [1, 0, 1],
    };
    expect(epsilonCurve(points, 1)).toEqual(curve);
    expect(epsilonCurve(points, 1, 0)).toEqual({ ...curve, rival: [0.1, 0.4, 0.2] });
  });
});

describe('predictionChanges(curve)', () => {
  it('lists the first ε of each new prediction with the ε before', () => {
    expect(predictionChanges({ epsilons: [0, 0.1, 0.2, 0.3], predicted: [7, 3, 3, 7] })).toEqual([
      { before: 0, epsilon: 0.1, from: 7, to: 3 },
      { before: 0.2, epsilon: 0.3, from: 3, to: 7 },
    ]);
  });
});
