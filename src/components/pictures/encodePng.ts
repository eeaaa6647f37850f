import { encode } from 'fast-png';
import type { Picture } from './picture.ts';

/** The picture as a PNG of its own numbers, 8 bits a channel with opacity. Equal pictures give equal bytes. */
export function encodePng({ width, height, data }: Picture): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encode({ width, height, data, channels: 4, depth: 8 }, { zlib: { level: 9 } }));
}
