import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findImage, listImages, pixelsAt } from './imageLibrary.ts';

/** Bytes of images, each of one grey. */
const images = (...greys: number[]) => Buffer.concat(greys.map((grey) => Buffer.alloc(784, grey)));

const contents: Record<string, string | Uint8Array<ArrayBuffer>> = {
  images: JSON.stringify({
    indices: [3, 8],
    labels: '70',
    predicted: '71',
    pixels: deflateRawSync(images(51, 102)).toString('base64'),
  }),
  sweepImages: new Uint8Array(deflateRawSync(images(255, 0))),
  curve: JSON.stringify({ clipped: { indices: [8, 9], labels: '04', predicted: ['04'] } }),
};
const file = (name: string) => ({
  url: name,
  sha256: createHash('sha256').update(contents[name]!).digest('hex'),
});
const files = { images: file('images'), sweepImages: file('sweepImages'), curve: file('curve') };

afterEach(() => void vi.unstubAllGlobals());

describe('the image library', () => {
  it('finds images of the selection and of the sweeps, and fetches each file once', async () => {
    const asked = vi.fn((url: string) => Promise.resolve(new Response(contents[url])));
    vi.stubGlobal('fetch', asked);
    expect(await listImages(files)).toEqual([
      { index: 3, label: 7, predicted: 7 },
      { index: 8, label: 0, predicted: 1 },
    ]);
    const listed = await findImage(files, 8);
    expect(listed.label).toBe(0);
    expect(listed.pixels[783]).toBe(Math.fround(0.4));
    expect(asked).toHaveBeenCalledTimes(1);
    const swept = await findImage(files, 9);
    expect(swept.label).toBe(4);
    expect(swept.pixels.every((value) => value === 0)).toBe(true);
    await findImage(files, 9);
    expect(asked.mock.calls.map(([url]) => url).sort()).toEqual(['curve', 'images', 'sweepImages']);
    await expect(findImage(files, 5)).rejects.toThrow(
      'Test image 5 is not among those that this page offers.',
    );
  });
});

describe('pixelsAt(bytes, first, end)', () => {
  it('gives the floats of one image or of several', () => {
    const bytes = new Uint8Array(2 * 784).fill(255, 784);
    expect(pixelsAt(bytes, 1).every((value) => value === 1)).toBe(true);
    expect(pixelsAt(bytes, 0, 2)).toHaveLength(2 * 784);
  });
});
