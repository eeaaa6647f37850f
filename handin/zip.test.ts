import { unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { zip } from './zip.ts';

const text = (content: string) => new Uint8Array(Buffer.from(content));

describe('zip(files)', () => {
  it('gives back what was put in', () => {
    const files = { 'a/b.txt': text('x'.repeat(1000)), 'a/c.png': text('not smaller') };
    expect(unzipSync(zip(files))).toEqual(files);
  });

  it('gives the same bytes in any order of names, at any time', () => {
    const first = zip({ b: text('2'), a: text('1') });
    vi.useFakeTimers({ now: new Date('2031-05-06T07:08:09Z') });
    const second = zip({ a: text('1'), b: text('2') });
    vi.useRealTimers();
    expect(second).toEqual(first);
  });

  it('dates every file 1980-01-01 00:00', () => {
    const file = zip({ a: text('1') });
    const view = new DataView(file.buffer, file.byteOffset);
    expect(view.getUint16(10, true)).toBe(0);
    expect(view.getUint16(12, true)).toBe((1 << 5) | 1);
  });

  it('stores what is compressed already', () => {
    const content = text('a'.repeat(500));
    expect(zip({ 'a.gz': content }).length).toBeGreaterThan(500);
    expect(zip({ 'a.csv': content }).length).toBeLessThan(200);
  });

  it.each(['', '/a', 'a//b', '../a', 'a/../b', 'a\\b', '.'])('throws on the name "%s"', (name) => {
    expect(() => zip({ [name]: text('1') })).toThrow(`invalid name: "${name}"`);
  });

  it('throws without files', () => {
    expect(() => zip({})).toThrow('invalid archive: no files');
  });
});
