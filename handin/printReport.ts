// The answers on paper: a page of their own, printed by the browser that the tests use.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from '../tools/browser/launchBrowser.ts';
import { settlePdf } from './settlePdf.ts';

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
