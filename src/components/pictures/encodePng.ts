// Pictures as PNG files, as small as their colours allow. Runs at build.
import { encode } from 'fast-png';
import type { Picture } from './digitPicture.ts';

const zlib = { level: 9, mem: 9 } as const;

type Colour = [red: number, green: number, blue: number, opacity: number];

/**
 * The picture as a PNG with a palette of its colours, or with a byte for each channel if they are more than 256.
 * Equal pictures give equal bytes.
 */
export function encodePng(picture: Picture): Uint8Array<ArrayBuffer> {
  const { width, height } = picture;
  const { palette, indices } = indexColours(picture);
  if (palette.length > 256) {
    return new Uint8Array(encode({ width, height, data: picture.data, channels: 4, depth: 8 }, { zlib }));
  }
  const depth = palette.length <= 2 ? 1 : palette.length <= 4 ? 2 : palette.length <= 16 ? 4 : 8;
  const opaque = palette.every((colour) => colour[3] === 255);
  return new Uint8Array(
    encode(
      {
        width,
        height,
        data: pack(indices, { width, height, depth }),
        channels: 1,
        depth,
        palette: opaque ? palette.map(([red, green, blue]) => [red, green, blue]) : palette,
      },
      { zlib },
    ),
  );
}

/** The colours of a picture, the translucent first (the format lists the opacities of these alone), and their use. */
function indexColours({ width, height, data }: Picture): { palette: Colour[]; indices: Uint16Array } {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const colour = (pixel: number): Colour => [
    pixel & 255,
    (pixel >> 8) & 255,
    (pixel >> 16) & 255,
    pixel >>> 24,
  ];
  const found = [...new Set(pixels)].map((pixel) => ({ pixel, colour: colour(pixel) }));
  found.sort((a, b) => a.colour[3] - b.colour[3] || a.pixel - b.pixel);
  const places = new Map(found.map(({ pixel }, i) => [pixel, i]));
  return {
    palette: found.map((one) => one.colour),
    indices: Uint16Array.from(pixels, (pixel) => places.get(pixel)!),
  };
}

/** Indices of `depth` bits, each row padded to whole bytes, the first pixel in the highest bits. */
function pack(
  indices: Uint16Array,
  { width, height, depth }: { width: number; height: number; depth: number },
): Uint8Array {
  const perByte = 8 / depth;
  const stride = Math.ceil(width / perByte);
  const bytes = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const shift = 8 - depth * ((column % perByte) + 1);
      bytes[row * stride + Math.floor(column / perByte)]! |= indices[row * width + column]! << shift;
    }
  }
  return bytes;
}
