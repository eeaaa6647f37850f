import { describe, expect, it } from 'vitest';
import { checkedStatus, type CheckReport } from './selfCheck.ts';
import { deviceWords, duration, messageOf, tiny, unavailableStatus } from './status.ts';

const device = { backend: 'webgl', precision: 'float32', software: false } as const;
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

describe('unavailableStatus(error)', () => {
  it('says what could not be had, and that the stored result stands', () => {
    const { details } = unavailableStatus(new Error('The weights are gone'));
    expect(details).toBe('The weights are gone. The figure shows the stored result.');
  });
});

describe('words', () => {
  it('writes small differences, times, devices and errors', () => {
    expect([tiny(3.2e-6), tiny(0)]).toEqual(['3e−6', '0']);
    expect([duration(41.3), duration(2440), duration(1_239_300)]).toEqual([
      '41\u00a0ms',
      '2.4\u00a0s',
      '21\u00a0min',
    ]);
    expect(deviceWords({ backend: 'webgl', precision: 'float16', software: true })).toBe(
      'webgl float16, a 16-bit device',
    );
    expect(deviceWords({ ...device, software: true })).toBe('webgl float32 in software');
    expect(deviceWords({ ...device, backend: 'cpu' })).toBe('cpu float32, without WebGL');
    expect([messageOf(new Error('gone')), messageOf('gone!')]).toEqual(['gone.', 'gone!']);
  });
});
