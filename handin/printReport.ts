// The answers on paper: a page of their own, printed by the browser that the tests use.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PDFDict, PDFDocument, PDFName } from 'pdf-lib';
import { launchBrowser } from '../tools/browser/launchBrowser.ts';

/**
 * The printed report as PDF. Equal pages give equal bytes.
 *
 * @param dist folder of a site that was built with HAND_IN=print
 * @throws if that page or a file that it names is missing
 */
export async function printReport(dist: string): Promise<Uint8Array> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ colorScheme: 'light' });
    const missing: string[] = [];
    page.on('requestfailed', (request) => missing.push(request.url()));
    await page.emulateMedia({ media: 'print' });
    await page
      .goto(pathToFileURL(join(dist, 'print', 'index.html')).href, { waitUntil: 'networkidle' })
      .catch(() => undefined);
    if (missing.length > 0) throw new Error(`the report cannot be printed without ${missing.join(', ')}`);
    return await settlePdf(await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true }));
  } finally {
    await browser.close();
  }
}

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
