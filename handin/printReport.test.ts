import { PDFDocument, PDFName, PDFString } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { settlePdf } from './printReport.ts';

/** A page, made at a time, its elements numbered from a number on. */
async function printed({ time, firstElement }: { time: number; firstElement: number }): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const { context } = document;
  document.setCreationDate(new Date(time));
  document.setModificationDate(new Date(time));
  document.addPage([595, 842]);
  const id = (i: number) => PDFString.of(`node${String(firstElement + i).padStart(8, '0')}`);
  document.catalog.set(PDFName.of('Elements'), context.obj([{ ID: id(1) }, { Headers: [id(2), id(0)] }]));
  context.trailerInfo.ID = context.obj([PDFString.of(`${time}`), PDFString.of(`${time}`)]);
  return document.save();
}

describe('settlePdf(pdf)', () => {
  it('gives the same bytes whenever the page was printed', async () => {
    const [first, second] = await Promise.all([
      printed({ time: 1e12, firstElement: 7 }),
      printed({ time: 2e12, firstElement: 99 }),
    ]);
    expect(Buffer.compare(first, second)).not.toBe(0);
    const settled = await settlePdf(first);
    expect(Buffer.compare(settled, await settlePdf(second))).toBe(0);
    const document = await PDFDocument.load(settled, { updateMetadata: false });
    expect(document.getPageCount()).toBe(1);
    expect(document.getCreationDate()).toBeUndefined();
  });

  it('throws on what is not PDF', async () => {
    await expect(settlePdf(new Uint8Array([1, 2, 3]))).rejects.toThrow();
  });
});
