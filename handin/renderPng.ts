// From a drawing to a picture without a browser: the same bytes on every machine.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { figureFonts } from './fonts.ts';

const INCH = 25.4;
const SIGNATURE_AND_HEADER = 33;

/** Starts the renderer; a process does this once. */
async function start(): Promise<Uint8Array[]> {
  const [wasm, fonts] = await Promise.all([
    readFile(fileURLToPath(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm'))),
    figureFonts(),
  ]);
  await initWasm(wasm);
  return fonts;
}

let started: Promise<Uint8Array[]> | undefined;

/**
 * An SVG document as PNG on white.
 *
 * @param width width on paper in millimetres
 * @param dpi pixels per inch, written into the file
 * @throws if the width or the resolution is not positive, or the document is not SVG
 */
export async function renderPng(svg: string, { width = 174, dpi = 300 } = {}): Promise<Uint8Array> {
  if (!(width > 0 && dpi > 0)) {
    throw new RangeError(`invalid size: ${width} mm at ${dpi} dpi, expected positive numbers`);
  }
  const fontBuffers = await (started ??= start());
  const drawing = new Resvg(renameFonts(svg), {
    background: '#fff',
    fitTo: { mode: 'width', value: Math.round((width / INCH) * dpi) },
    font: { fontBuffers, defaultFontFamily: 'Source Sans 3 ExtraLight' },
  });
  const image = drawing.render();
  const png = image.asPng();
  image.free();
  drawing.free();
  return withResolution(png, dpi);
}

/** The names that the font files themselves carry, for those that the pages give them. */
function renameFonts(svg: string): string {
  return svg
    .replaceAll("'Source Sans 3'", "'Source Sans 3 ExtraLight'")
    .replaceAll("'Report Symbols'", "'KaTeX_Main'");
}

/** The PNG with a pHYs chunk after its header: pixels per metre both ways. */
function withResolution(png: Uint8Array, dpi: number): Uint8Array {
  const perMetre = Math.round((dpi / INCH) * 1000);
  const chunk = Buffer.alloc(21);
  chunk.writeUInt32BE(9, 0);
  chunk.write('pHYs', 4, 'latin1');
  chunk.writeUInt32BE(perMetre, 8);
  chunk.writeUInt32BE(perMetre, 12);
  chunk.writeUInt8(1, 16);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17);
  return Buffer.concat([png.subarray(0, SIGNATURE_AND_HEADER), chunk, png.subarray(SIGNATURE_AND_HEADER)]);
}
