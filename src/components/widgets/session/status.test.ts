import { describe, expect, it } from 'vitest';
import { deviceWords, duration, messageOf, tiny, unavailableStatus } from './status.ts';

const device = { backend: 'webgl', precision: 'float32', software: false } as const;

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
