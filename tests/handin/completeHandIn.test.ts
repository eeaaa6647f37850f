import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeHandIn } from '../../handin/completeHandIn.ts';
import { contents } from '../../handin/contents.ts';
import { printReport } from '../../handin/printReport.ts';
import { pdfLinks } from '../../handin/settlePdf.ts';

const base = `/${process.env.BASE_PATH ?? ''}/`.replace(/\/+/g, '/');
const site = { url: `https://example.org${base}`, reachable: false };
const roots: string[] = [];

/** Completes a copy of the built bundle and reads its files. */
async function complete(): Promise<Record<'report.pdf' | 'adversarial-mnist.zip', Uint8Array>> {
  const root = await mkdtemp(join(tmpdir(), 'handin-'));
  roots.push(root);
  await cp('dist/handin', join(root, 'handin'), { recursive: true });
  await completeHandIn({ root, ...site });
  const read = (name: string) => readFile(join(root, 'handin', name));
  return {
    'report.pdf': await read('report.pdf'),
    'adversarial-mnist.zip': await read('adversarial-mnist.zip'),
  };
}

let first: Awaited<ReturnType<typeof complete>>;
beforeAll(async () => {
  first = await complete();
});
afterAll(() => Promise.all(roots.map((root) => rm(root, { recursive: true }))));

describe('completeHandIn({ root, url, reachable })', () => {
  it('gives the same bytes in two runs', async () => {
    const second = await complete();
    expect(Buffer.compare(second['report.pdf'], first['report.pdf'])).toBe(0);
    expect(Buffer.compare(second['adversarial-mnist.zip'], first['adversarial-mnist.zip'])).toBe(0);
  });

  it('prints on A4, under the title of the page', async () => {
    const document = await PDFDocument.load(first['report.pdf'], { updateMetadata: false });
    expect(document.getPageCount()).toBeGreaterThan(3);
    for (const page of document.getPages()) {
      expect(page.getWidth()).toBeCloseTo(595.3, 0);
      expect(page.getHeight()).toBeCloseTo(841.9, 0);
    }
    expect(document.getTitle()).toContain('Adversarial examples');
    expect(document.getCreationDate()).toBeUndefined();
  });

  it('keeps the links that lead somewhere: to files beside it, and to the references', async () => {
    const links = await pdfLinks(first['report.pdf']);
    expect(links).toContain('problem1.py');
    expect(links).toContain('https://doi.org/10.1080/01621459.1927.10502953');
    expect(links.filter((link) => link.startsWith(site.url))).toEqual([]);
  });

  it('archives everything in one folder, the report with it', () => {
    const files = unzipSync(first['adversarial-mnist.zip']);
    const expected = Object.keys(contents).filter((name) => name !== 'adversarial-mnist.zip');
    expect(Object.keys(files)).toEqual(expected.map((name) => `adversarial-mnist/${name}`).sort());
    expect(Buffer.compare(files['adversarial-mnist/report.pdf']!, first['report.pdf'])).toBe(0);
  });
});

describe('printReport({ dist, url })', () => {
  it('throws without a built site and on an address without a slash', async () => {
    await expect(printReport({ dist: '/nowhere', ...site })).rejects.toThrow(
      /nowhere.*missing; run npm run build/,
    );
    await expect(printReport({ url: 'https://example.org', reachable: true })).rejects.toThrow(
      'invalid address',
    );
  });
});
