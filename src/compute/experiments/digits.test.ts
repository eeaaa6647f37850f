import { describe, expect, it } from 'vitest';
import { slices } from './digits.ts';

describe('slices(digits, size)', () => {
  const bytes = Buffer.from(Uint8Array.from({ length: 5 * 784 }, (_, i) => i % 251));
  const digits = { images: bytes, labels: Buffer.of(3, 1, 4, 1, 5) };

  it('cuts the digits in their order, the last slice as short as it is', () => {
    const cut = slices(digits, 2);
    expect(cut.map(({ labels }) => [...labels])).toEqual([[3, 1], [4, 1], [5]]);
    expect(Buffer.concat(cut.map(({ images }) => images))).toEqual(bytes);
  });

  it('sends a worker the bytes of the slice alone, also of views into a file', () => {
    for (const { images, labels } of slices(digits, 2)) {
      expect(structuredClone(images).buffer.byteLength).toBe(images.length);
      expect(structuredClone(labels).buffer.byteLength).toBe(labels.length);
    }
  });
});
