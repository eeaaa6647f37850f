// What `npm run handin` made, read as those read it who grade it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { afterAll, describe, expect, it } from 'vitest';
import { printReport } from '../../handin/printReport.ts';
import { ARCHIVE, handInContents, REPORT_PDF } from '../../src/report/handInFiles.ts';
import { pythonDefinition } from '../../src/report/python.ts';
import { readArchive } from './archive.ts';

const pdf = readArchive()[REPORT_PDF]!;
const poppler = spawnSync('pdftoppm', ['-v']).error === undefined;
const folder = mkdtempSync(join(tmpdir(), 'handin-'));
writeFileSync(join(folder, REPORT_PDF), pdf);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe(ARCHIVE, () => {
  it('holds everything that is handed in, as it is on the site', () => {
    const expected = Object.keys(handInContents).filter((name) => name !== ARCHIVE);
    expect(Object.keys(readArchive()).sort()).toEqual(expected.sort());
    for (const [name, content] of Object.entries(readArchive())) {
      expect(Buffer.compare(readFileSync(join('dist/handin', name)), content), name).toBe(0);
    }
  });
});

describe(REPORT_PDF, () => {
  it('is at most 12 sheets of A4, under its title, without a date', async () => {
    const document = await PDFDocument.load(pdf, { updateMetadata: false });
    expect(document.getPageCount()).toBeLessThanOrEqual(12);
    for (const page of document.getPages()) {
      expect(page.getWidth()).toBeCloseTo(595.3, 0);
      expect(page.getHeight()).toBeCloseTo(841.9, 0);
    }
    expect(document.getTitle()).toContain('Adversarial examples');
    expect(document.getCreationDate()).toBeUndefined();
  });

  it.skipIf(!poppler)('holds the Python of each question, and nothing that only a screen can do', () => {
    const text = spawnSync('pdftotext', ['-layout', REPORT_PDF, '-'], {
      cwd: folder,
      encoding: 'utf8',
    }).stdout;
    const lines = text.split('\n').map((line) => line.trim());
    const script = readFileSync('handin/problem1.py', 'utf8');
    const code = [
      'fgsm',
      'question_1',
      'margin',
      'question_2',
      'draw_curve',
      'iterative_fgsm',
      'question_3',
      'question_4',
    ]
      .flatMap((name) => pythonDefinition(script, name).split('\n'))
      .map((line) => line.trim());
    expect(lines).toEqual(expect.arrayContaining(code.filter((line) => line !== '')));
    expect(text).not.toMatch(/click|hover|slider/i);
    expect(Buffer.from(pdf).toString('latin1')).not.toMatch(/URI \((?!https:)/);
  });

  it.skipIf(!poppler)('has no sheet but the last that is less than two thirds full', () => {
    spawnSync('pdftoppm', ['-r', '20', '-gray', REPORT_PDF, 'sheet'], { cwd: folder });
    const sheets = readdirSync(folder)
      .filter((name) => name.endsWith('.pgm'))
      .sort();
    expect(sheets.length).toBeGreaterThan(1);
    for (const name of sheets.slice(0, -1))
      expect(filled(readFileSync(join(folder, name))), name).toBeGreaterThan(2 / 3);
  });
});

it('printReport(dist) throws without the page that is printed', async () => {
  await expect(printReport('dist')).rejects.toThrow(/cannot be printed without .*print\/index\.html/);
});

/** Share of a sheet's height between its margins that lies above the last line of its text. */
function filled(pgm: Buffer): number {
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.toString('latin1', 0, 40))!;
  const [width, height] = [Number(header[1]), Number(header[2])];
  const pixels = pgm.subarray(header[0].length);
  const rowsOf = (millimetres: number) => (millimetres * height) / 297;
  const isWhite = (row: number) =>
    pixels.subarray(row * width, (row + 1) * width).every((grey) => grey > 200);
  let last = Math.floor(rowsOf(281));
  while (isWhite(last)) last--;
  return (last - rowsOf(16)) / rowsOf(281 - 16);
}
