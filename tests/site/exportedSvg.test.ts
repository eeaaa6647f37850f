// Figures as files look in librsvg, by which many programs read SVG, as they do in the browser. Astro brings sharp, and
// sharp librsvg, on the platforms that sharp supports.
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect } from 'vitest';
import { test } from './test.ts';

interface Pixels {
  data: Buffer;
  info: { width: number; height: number; channels: number };
}

type Sharp = (picture: Buffer) => {
  flatten: () => { raw: () => { toBuffer: (options: { resolveWithObject: true }) => Promise<Pixels> } };
};

const names = (await readdir('dist/figures')).filter((name) => name.endsWith('.svg'));
const sharp = loadSharp();

function loadSharp(): Sharp | undefined {
  try {
    return createRequire(createRequire(import.meta.url).resolve('astro/package.json'))('sharp') as Sharp;
  } catch {
    console.info('not compared with librsvg: sharp is not installed');
    return undefined;
  }
}

/** Red of each pixel, row by row: enough to tell ink from paper. */
async function levels(picture: Buffer): Promise<{ rows: number[][] }> {
  const { data, info } = await sharp!(picture).flatten().raw().toBuffer({ resolveWithObject: true });
  const rows = Array.from({ length: info.height }, (_, y) =>
    Array.from({ length: info.width }, (_x, x) => data[(y * info.width + x) * info.channels]!),
  );
  return { rows };
}

/** Mean level of each square of 16 × 16 pixels: the faces of text differ, what stands where does not. */
function squares({ rows }: { rows: number[][] }): number[] {
  const side = 16;
  const means: number[] = [];
  for (let y = 0; y + side <= rows.length; y += side) {
    for (let x = 0; x + side <= rows[0]!.length; x += side) {
      const all = rows.slice(y, y + side).flatMap((row) => row.slice(x, x + side));
      means.push(all.reduce((sum, level) => sum + level, 0) / all.length);
    }
  }
  return means;
}

describe('exported figures', () => {
  test.skipIf(!sharp).for(names)('%s is the same in librsvg and in the browser', async (name, { visit }) => {
    const svg = await readFile(`dist/figures/${name}`);
    const [width, height] = ['width', 'height'].map((side) =>
      Number(new RegExp(` ${side}="(\\d+)"`).exec(svg.toString())![1]),
    ) as [number, number];
    const { page } = await visit(`figures/${name}`, { viewport: { width, height } });
    const browser = await levels(await page.screenshot());
    const librsvg = await levels(svg);
    expect([librsvg.rows[0]!.length, librsvg.rows.length]).toEqual([width, height]);
    const other = squares(browser);
    const apart = squares(librsvg).map((level, i) => Math.abs(level - other[i]!));
    expect(apart.reduce((sum, difference) => sum + difference, 0) / apart.length).toBeLessThan(1.5);
    expect(Math.max(...apart)).toBeLessThan(100);
    // Nothing reaches the edge of the sheet, where it would be cut off.
    for (const { rows } of [browser, librsvg]) {
      const paper = rows[0]![0]!;
      for (const row of rows) expect([row[1], row[width - 2]]).toEqual([paper, paper]);
    }
  });
});
