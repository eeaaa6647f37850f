import { describe, expect, it } from 'vitest';
import { readIdx } from './readIdx.ts';

// Two images of 2 × 3: magic (0, 0, type 8, rank 3), sizes 2, 2, 3, then twelve bytes.
const pixels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255];
const images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, ...pixels];
const read = (bytes: number[], shape = [2, 2, 3]) =>
  readIdx('digits-idx3-ubyte', Uint8Array.from(bytes), shape);
const changed = (place: number, byte: number) => images.map((value, i) => (i === place ? byte : value));

describe('readIdx(name, file, expectedShape)', () => {
  it('reads sizes and bytes', () => {
    const { shape, bytes } = read(images);
    expect(shape).toEqual([2, 2, 3]);
    expect(Array.from(bytes)).toEqual(pixels);
  });

  it('reads sizes as big-endian 32-bit numbers', () => {
    const file = new Uint8Array(8 + 0x0102);
    file.set([0, 0, 8, 1, 0, 0, 1, 2]);
    expect(readIdx('labels', file, [0x0102]).bytes).toHaveLength(0x0102);
  });

  it('reads a file that is a part of a larger buffer', () => {
    const buffer = Uint8Array.from([9, 9, 9, ...images, 9]);
    expect(Array.from(readIdx('part', buffer.subarray(3, -1), [2, 2, 3]).bytes)).toEqual(pixels);
  });

  it.each([
    ['another element type', changed(2, 0x0d), 'magic number 0x00000d03, expected 0x00000803'],
    ['another rank', changed(3, 1), 'magic number 0x00000801, expected 0x00000803'],
    [
      'a compressed file',
      [0x1f, 0x8b, 8, 8, ...images.slice(4)],
      'magic number 0x1f8b0808, expected 0x00000803',
    ],
    ['another count', changed(7, 3), 'sizes 3 × 2 × 3, expected 2 × 2 × 3'],
    ['another width', changed(15, 4), 'sizes 2 × 2 × 4, expected 2 × 2 × 3'],
    ['a truncated file', images.slice(0, -1), '27 bytes, expected 28'],
    ['a file that is too long', [...images, 0], '29 bytes, expected 28'],
    ['half a header', images.slice(0, 15), '15 bytes, expected a header of 16'],
    ['an empty file', [], '0 bytes, expected a header of 16'],
  ])('stops at %s with the file, what was found, what was expected and the way out', (_, bytes, message) => {
    expect(() => read(bytes)).toThrow(new Error(`digits-idx3-ubyte: ${message}; install the packages again`));
  });
});
