// The answers on paper: a page of their own, printed by the browser that the tests use.
import { launchBrowser } from '../tools/browser/launchBrowser.ts';
import { serve } from '../tools/browser/serve.ts';
import { settlePdf } from './settlePdf.ts';

/**
 * The printed report as PDF. Equal pages give equal bytes.
 *
 * @param dist folder of a site that was built with HAND_IN=print
 * @param base path under which it was built
 * @throws if that page or a file that it names is missing
 */
export async function printReport({ dist, base }: { dist: string; base: string }): Promise<Uint8Array> {
  const server = await serve(dist, { base });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ colorScheme: 'light' });
    const missing: string[] = [];
    page.on('response', (response) => {
      if (!response.ok()) missing.push(response.url());
    });
    await page.addInitScript(() => {
      addEventListener('DOMContentLoaded', () => {
        // Paper leads to no other page of the site.
        for (const link of document.querySelectorAll('a[href^="/"]')) link.removeAttribute('href');
      });
    });
    await page.emulateMedia({ media: 'print' });
    await page.goto(new URL('print/', server.url).href, { waitUntil: 'networkidle' });
    if (missing.length > 0) throw new Error(`the report cannot be printed without ${missing.join(', ')}`);
    return await settlePdf(await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true }));
  } finally {
    await browser.close();
    await server.close();
  }
}
