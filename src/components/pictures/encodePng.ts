import { encode } from 'fast-png';
import type { Picture } from './picture.ts';

/**
 * The picture as a PNG of its own numbers, 8 bits a channel with opacity, a grey one in two channels instead of four.
 * Equal pictures give equal bytes.
 */
export function encodePng({ width, height, data }: Picture): Uint8Array<ArrayBuffer> {
  const grey = data.every((value, i) => i % 4 === 3 || value === data[i - (i % 4)]);
  const image = grey
    ? { width, height, data: data.filter((_, i) => i % 4 === 0 || i % 4 === 3), channels: 2 }
    : { width, height, data, channels: 4 };
  return new Uint8Array(encode({ ...image, depth: 8 }, { zlib: { level: 9 } }));
}
