import { PDFDict, PDFDocument, PDFName } from 'pdf-lib';

/**
 * A PDF document without what differs between two prints of the same page: dates, its own id, and the numbers of the page's
 * elements, which a browser counts through its own life.
 *
 * @throws if the bytes are not PDF
 */
export async function settlePdf(pdf: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const information = document.context.lookup(document.context.trailerInfo.Info, PDFDict);
  information.delete(PDFName.of('CreationDate'));
  information.delete(PDFName.of('ModDate'));
  delete document.context.trailerInfo.ID;
  const bytes = await document.save({ useObjectStreams: false });
  // The numbers stand outside the compressed streams; others of the same length and order leave every offset as it is.
  const text = Buffer.from(bytes).toString('latin1');
  const ids = [...new Set(text.match(/\bnode\d{8}\b/g))].sort();
  const settled = new Map(ids.map((id, i) => [id, `node${String(i + 1).padStart(8, '0')}`]));
  return Buffer.from(
    text.replace(/\bnode\d{8}\b/g, (id) => settled.get(id)!),
    'latin1',
  );
}
