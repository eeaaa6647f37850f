import { PDFDocument, PDFName, PDFString } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { pdfLinks, settlePdf } from './settlePdf.ts';

/** A page with links, made at a time, its elements numbered from a number on. */
async function printed(links: string[], { time = 0, firstElement = 1 } = {}): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const { context } = document;
  document.setCreationDate(new Date(time));
  document.setModificationDate(new Date(time));
  const page = document.addPage([595, 842]);
  const annotation = (address: string) =>
    context.register(
      context.obj({ Type: 'Annot', Subtype: 'Link', A: { S: 'URI', URI: PDFString.of(address) } }),
    );
  page.node.set(PDFName.of('Annots'), context.obj(links.map(annotation)));
  const id = (i: number) => PDFString.of(`node${String(firstElement + i).padStart(8, '0')}`);
  document.catalog.set(PDFName.of('Elements'), context.obj([{ ID: id(0) }, { Headers: [id(1), id(0)] }]));
  context.trailerInfo.ID = context.obj([PDFString.of(`${time}`), PDFString.of(`${time}`)]);
  return document.save();
}

const site = { url: 'http://localhost:4321/report/', reachable: false };

describe('settlePdf(pdf, { url, reachable })', () => {
  it('gives the same bytes whenever the page was printed', async () => {
    const [first, second] = await Promise.all([
      printed(['https://example.org/'], { time: 1e12, firstElement: 7 }),
      printed(['https://example.org/'], { time: 2e12, firstElement: 99 }),
    ]);
    expect(Buffer.compare(first, second)).not.toBe(0);
    const settled = await settlePdf(first, site);
    expect(Buffer.compare(settled, await settlePdf(second, site))).toBe(0);
    expect((await PDFDocument.load(settled, { updateMetadata: false })).getCreationDate()).toBeUndefined();
  });

  it('makes links to the bundle relative, leaves foreign ones, drops those to a site that cannot be reached', async () => {
    const links = [
      'http://localhost:4321/report/handin/problem1.py',
      'http://localhost:4321/report/model/#x',
      'https://arxiv.org/abs/1412.6572',
      'http://localhost:4321/report/results/fgsm-curve.json',
    ];
    const pdf = await printed(links);
    expect(await pdfLinks(await settlePdf(pdf, site))).toEqual(['problem1.py', links[2]]);
    expect(await pdfLinks(await settlePdf(pdf, { ...site, reachable: true }))).toEqual([
      'problem1.py',
      ...links.slice(1),
    ]);
  });

  it('throws on what is not PDF', async () => {
    await expect(settlePdf(new Uint8Array([1, 2, 3]), site)).rejects.toThrow();
  });
});
