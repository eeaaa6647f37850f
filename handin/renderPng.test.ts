import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { renderPng } from './renderPng.ts';

const svg = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" viewBox="0 0 100 50"><style>text{font:20px 'Source Sans 3';fill:#000}.b{font-weight:600}</style>${inside}</svg>`;

/** Number of pixels that are darker than middle grey. */
async function darkPixels(inside: string): Promise<number> {
  const { data, width, height, channels } = decode(await renderPng(svg(inside), { width: 50.8 }));
  let dark = 0;
  for (let i = 0; i < width * height; i++) if (data[i * channels]! < 128) dark++;
  return dark;
}

describe('renderPng(svg, { width, dpi })', () => {
  it('has the pixels that the width asks for and says its resolution', async () => {
    const png = decode(await renderPng(svg(''), { width: 50.8, dpi: 300 }));
    expect([png.width, png.height]).toEqual([600, 300]);
    expect(png.resolution).toEqual({ x: 11811, y: 11811, unit: 1 });
    expect([...png.data.subarray(0, 3)]).toEqual([255, 255, 255]);
  });

  it('sets text in the fonts of the pages, weights and symbols included', async () => {
    const [plain, bold, empty] = await Promise.all([
      darkPixels('<text y="30">accuracy</text>'),
      darkPixels('<text y="30" class="b">accuracy</text>'),
      darkPixels('<text y="30"> </text>'),
    ]);
    expect(empty).toBe(0);
    expect(plain).toBeGreaterThan(2000);
    expect(bold).toBeGreaterThan(plain * 1.2);
    expect(await darkPixels('<text y="30">ε≈−∇</text>')).toBeGreaterThan(500);
  });

  it('gives the same bytes each time', async () => {
    const drawing = svg('<text y="30">ε = 0.3</text><circle cx="80" cy="20" r="9.3" fill="#856000"/>');
    expect(await renderPng(drawing)).toEqual(await renderPng(drawing));
  });

  it('throws on a size that is not positive and on what is not SVG', async () => {
    await expect(renderPng(svg(''), { dpi: 0 })).rejects.toThrow('invalid size: 174 mm at 0 dpi');
    await expect(renderPng('<p>')).rejects.toThrow();
  });
});
