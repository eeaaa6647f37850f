import { describe, expect, it } from 'vitest';
import type { Device, Done } from './protocol.ts';
import {
  checkedStatus,
  compareRuns,
  likelyReason,
  type CheckReport,
  type StoredAttack,
} from './selfCheck.ts';

const before = [0.9, 0.1, 0, 0, 0, 0, 0, 0, 0, 0];
const after = [0.2, 0.8, 0, 0, 0, 0, 0, 0, 0, 0];
const signs = '+'.repeat(784);
const stored: StoredAttack = {
  pixels: new Float32Array(784),
  label: 0,
  epsilon: 0.3,
  signs: [signs],
  original: before,
  perturbed: after,
};
const device: Device = { backend: 'webgl', precision: 'float32', software: false };

/** A run that got what the build got, but for the given differences. */
function runOf({ wrongSigns = [0], own = after, original = before, on = device } = {}): Done<'attack'> {
  const prediction = (probabilities: number[]) => ({ logits: probabilities, probabilities });
  const path = wrongSigns.map((wrong) => ({
    signs: Int8Array.from({ length: 784 }, (_, i) => (i < wrong ? -1 : 1)),
    perturbed: new Float32Array(784),
    prediction: prediction(own),
    loss: 0,
  }));
  const result = { label: 0, original: { prediction: prediction(original), loss: 0 }, path };
  return { result, device: on, milliseconds: 1 };
}

/** Probabilities of which one moved by a difference to another. */
const moved = (by: number) => [0.2 + by, 0.8 - by, 0, 0, 0, 0, 0, 0, 0, 0];

const compare = (run: Done<'attack'>, published = after) => compareRuns(stored, published, run);

describe('compareRuns(stored, published, run)', () => {
  it('is reproduced when all is equal', () => {
    expect(compare(runOf())).toMatchObject({
      reproduced: true,
      predicted: 1,
      signsAgree: 784,
      signs: 784,
      own: 0,
      published: 0,
      differingPixels: [],
    });
  });

  it('needs 99 % of the signs: 777 of 784 do, 776 do not', () => {
    expect(compare(runOf({ wrongSigns: [7] })).reproduced).toBe(true);
    const report = compare(runOf({ wrongSigns: [8] }));
    expect(report.reproduced).toBe(false);
    expect(report.differingPixels).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('counts the signs of all steps, and lists the pixels of the last', () => {
    const report = compareRuns({ ...stored, signs: [signs, signs] }, after, runOf({ wrongSigns: [3, 1] }));
    expect(report).toMatchObject({ signsAgree: 2 * 784 - 4, signs: 2 * 784, differingPixels: [0] });
  });

  it('allows 1e-3 on its own x*, and 1e-4 on the published images', () => {
    expect(compare(runOf({ own: moved(0.9e-3) })).reproduced).toBe(true);
    expect(compare(runOf({ own: moved(1.1e-3) })).reproduced).toBe(false);
    expect(compare(runOf(), moved(0.9e-4)).reproduced).toBe(true);
    expect(compare(runOf(), moved(1.1e-4)).reproduced).toBe(false);
    const [first, second, ...others] = before;
    const offBy = (by: number) => runOf({ original: [first! - by, second! + by, ...others] });
    expect(compare(offBy(0.9e-4)).reproduced).toBe(true);
    expect(compare(offBy(1.1e-4))).toMatchObject({ reproduced: false, own: 0 });
  });

  it('needs the same class for x, for the published x* and for its own x*, however close the numbers are', () => {
    const [tied, other] = [
      [0.5, 0.5 - 1e-5],
      [0.5 - 1e-5, 0.5],
    ].map((pair) => [...pair, 0, 0, 0, 0, 0, 0, 0, 0]);
    const close = { ...stored, original: tied!, perturbed: tied! };
    const here = (own: number[], original: number[]) => runOf({ own, original });
    expect(compareRuns(close, tied!, here(tied!, tied!)).reproduced).toBe(true);
    expect(compareRuns(close, tied!, here(tied!, other!)).reproduced).toBe(false);
    expect(compareRuns(close, other!, here(tied!, tied!)).reproduced).toBe(false);
    expect(compareRuns(close, tied!, here(other!, tied!))).toMatchObject({ reproduced: false, predicted: 1 });
  });
});

describe('likelyReason(report)', () => {
  it('names 16 bits, the forward pass or the gradient, in this order', () => {
    const half = { ...device, precision: 'float16' } as const;
    expect(likelyReason(compare(runOf({ own: before, on: half })))).toContain('16 bits');
    expect(likelyReason(compare(runOf(), moved(1e-2)))).toContain('The network itself');
    expect(likelyReason(compare(runOf({ wrongSigns: [100] })))).toContain('gradients close to zero');
  });
});

const check: CheckReport = {
  reproduced: true,
  predicted: 3,
  signsAgree: 784,
  signs: 784,
  own: 2e-6,
  published: 1e-6,
  perturbed: [],
  differingPixels: [],
  device,
  milliseconds: 41,
};

describe('checkedStatus(check, more)', () => {
  it('says what was compared, where and in what time', () => {
    expect(checkedStatus(check, { done: 3, reproduced: 3, total: 20 })).toEqual({
      state: 'reproduced',
      details:
        'predicted 3 · 784 of 784 signs agree · max |Δp| 2e−6 · webgl float32 · 41\u00a0ms · 3 of 3 more',
      busy: true,
    });
    expect(checkedStatus(check, { done: 20, reproduced: 20, total: 20 }).busy).toBe(false);
  });

  it('differs if the example does, with its tolerance and the reason, or if one of the further images does', () => {
    const failed = checkedStatus({ ...check, reproduced: false, own: 2e-3 });
    expect(failed.state).toBe('differs');
    expect(failed.details).toContain('max |Δp| 2e−3, tolerance 1e−3');
    expect(failed.details).toContain('some gradients close to zero');
    expect(failed.differences).toMatchObject({ differingPixels: [] });
    expect(checkedStatus(check, { done: 3, reproduced: 2, total: 20 }).state).toBe('differs');
  });
});
