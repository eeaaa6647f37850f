import { describe, expect, it } from 'vitest';
import { signsFromText } from '../../../compute/signs.ts';
import { clippedShare } from './example.ts';

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
