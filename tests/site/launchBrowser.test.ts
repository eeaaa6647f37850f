import { expect } from 'vitest';
import { launchBrowser } from '../../tools/browser/launchBrowser.ts';
import { test } from './test.ts';

/** Runs in the page: what a canvas of this page and one in a worker say about WebGL 2. */
async function probeWebgl(): Promise<Record<'page' | 'worker', boolean[]>> {
  const probe = (canvas: HTMLCanvasElement | OffscreenCanvas): boolean[] => {
    const gl = canvas.getContext('webgl2');
    return [gl !== null, Boolean(gl?.getExtension('EXT_color_buffer_float'))];
  };
  const source = `postMessage((${probe.toString()})(new OffscreenCanvas(4, 4)))`;
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
  const inWorker = await new Promise<boolean[]>((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<boolean[]>) => {
      resolve(event.data);
    };
    worker.onerror = (event) => {
      reject(new Error(event.message));
    };
  });
  return { page: probe(document.createElement('canvas')), worker: inWorker };
}

test('launchBrowser() has WebGL 2 with float32 textures in a page and in a worker', async ({ browser }) => {
  const page = await browser.newPage();
  await page.goto('data:text/html,<title>probe</title>');
  expect(await page.evaluate(probeWebgl)).toEqual({ page: [true, true], worker: [true, true] });
  await page.close();
});

test('launchBrowser(options) says what was tried and what to install when no browser starts', async () => {
  await expect(launchBrowser({ executablePath: '/nowhere/chrome' })).rejects.toThrow(
    /no browser starts on .*: install Google Chrome, Microsoft Edge or Chromium \(tried .*chrome: /,
  );
});

test('visit(path) records console errors and refuses requests that leave the site', async ({ visit }) => {
  const { page, errors, foreign } = await visit('', { bypassCSP: true });
  expect(await page.title()).not.toBe('');
  errors.length = 0;
  await page.evaluate(async () => {
    console.error('on purpose');
    await fetch('https://example.org/').catch(() => undefined);
    await fetch('missing.json');
  });
  expect(errors).toContain('console: on purpose');
  expect(errors.some((error) => /^404: .*missing\.json$/.test(error))).toBe(true);
  expect(foreign).toEqual(['https://example.org/']);
});
