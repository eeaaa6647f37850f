import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { npy, npz } from './npz.ts';

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

  it('throws when the values do not fit the shape', () => {
    expect(() => npy({ shape: [2, 2], values: new Float32Array(3) })).toThrow(
      'invalid array: 3 values, expected 4 for shape [2, 2]',
    );
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
