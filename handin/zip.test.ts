import { unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { npy, npz, zip } from './zip.ts';

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
});

/** Reads a .npy file of float32 by the letter of the format. */
function readNpy(file: Uint8Array): { header: string; values: number[] } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  expect([...file.subarray(0, 8)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  const length = view.getUint16(8, true);
  expect((10 + length) % 64).toBe(0);
  const header = Buffer.from(file.subarray(10, 10 + length)).toString('latin1');
  const values = [];
  for (let at = 10 + length; at < file.length; at += 4) values.push(view.getFloat32(at, true));
  return { header, values };
}

describe('npy(array)', () => {
  it('writes dtype, order and shape as Python reads them, padded to 64 bytes', () => {
    const { header, values } = readNpy(
      npy({ shape: [2, 3], values: Float32Array.of(1, -2, 0.5, 1e-30, 0, 7) }),
    );
    expect(header.trimEnd()).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }");
    expect(header.endsWith('\n')).toBe(true);
    expect(values).toEqual([1, -2, 0.5, Math.fround(1e-30), 0, 7]);
  });

  it('writes the shape of one dimension as a tuple', () => {
    expect(readNpy(npy({ shape: [2], values: Float32Array.of(1, 2) })).header).toContain("'shape': (2,), }");
  });
});

describe('npz(arrays)', () => {
  it('holds a .npy file for each name, slashes included', () => {
    const array = { shape: [1], values: Float32Array.of(3) };
    const files = unzipSync(npz({ 'conv1/kernel': array, 'conv1/bias': array }));
    expect(Object.keys(files)).toEqual(['conv1/bias.npy', 'conv1/kernel.npy']);
    expect(readNpy(files['conv1/kernel.npy']!).values).toEqual([3]);
  });
});
