import { describe, expect, it } from 'vitest';
import { compareRuns, likelyReason, type Expected } from './compareRuns.ts';
import type { AttackRun, Device } from './protocol.ts';

const before = [0.9, 0.1, 0, 0, 0, 0, 0, 0, 0, 0];
const after = [0.2, 0.8, 0, 0, 0, 0, 0, 0, 0, 0];
const signs = '+'.repeat(784);
const expected: Expected = { label: 0, signs: [signs], original: before, perturbed: after };
const device: Device = { backend: 'webgl', precision: 'float32', software: false };

/** A run that got what the build got, but for the given differences. */
function runOf({ wrongSigns = 0, own = after, original = before } = {}): AttackRun {
  const prediction = (probabilities: number[]) => ({ logits: probabilities, probabilities });
  return {
    label: 0,
    original: { prediction: prediction(original), loss: 0 },
    path: [
      {
        signs: Int8Array.from({ length: 784 }, (_, i) => (i < wrongSigns ? -1 : 1)),
        perturbed: new Float32Array(784),
        prediction: prediction(own),
        loss: 0,
      },
    ],
  };
}

/** Probabilities of which one moved by a difference to another. */
const moved = (by: number) => [0.2 + by, 0.8 - by, 0, 0, 0, 0, 0, 0, 0, 0];

const compare = (run: AttackRun, published = after) =>
  compareRuns(expected, { original: before, perturbed: published, run });

describe('compareRuns(expected, here)', () => {
  it('is reproduced when all is equal', () => {
    expect(compare(runOf())).toMatchObject({
      reproduced: true,
      verdict: 1,
      signsAgree: 784,
      signs: 784,
      own: 0,
      published: 0,
    });
  });

  it('needs 99 % of the signs: 777 of 784 do, 776 do not', () => {
    expect(compare(runOf({ wrongSigns: 7 })).reproduced).toBe(true);
    const report = compare(runOf({ wrongSigns: 8 }));
    expect(report.reproduced).toBe(false);
    expect(report.differingPixels).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('allows 1e-3 on its own x*, and 1e-4 on the published one', () => {
    expect(compare(runOf({ own: moved(0.9e-3) })).reproduced).toBe(true);
    expect(compare(runOf({ own: moved(1.1e-3) })).reproduced).toBe(false);
    expect(compare(runOf(), moved(0.9e-4)).reproduced).toBe(true);
    expect(compare(runOf(), moved(1.1e-4)).reproduced).toBe(false);
  });

  it('is not reproduced when another class is read', () => {
    expect(compare(runOf({ own: before }))).toMatchObject({
      reproduced: false,
      sameLabels: false,
      verdict: 0,
    });
  });

  it('throws on another number of steps', () => {
    const run = runOf();
    expect(() => compare({ ...run, path: [...run.path, ...run.path] })).toThrow(
      'invalid run: 2 steps, expected 1',
    );
  });
});

describe('likelyReason(report, device)', () => {
  it('names 16 bits, the forward pass or the gradient, in this order', () => {
    expect(likelyReason(compare(runOf({ own: before })), { ...device, precision: 'float16' })).toContain(
      '16 bits',
    );
    expect(likelyReason(compare(runOf(), moved(1e-2)), device)).toContain('The network itself');
    expect(likelyReason(compare(runOf({ wrongSigns: 100 })), device)).toContain('gradients close to zero');
    expect(likelyReason(compare(runOf()), device)).toBe('');
  });
});
