import { median } from 'd3';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../tools/browser/launchBrowser.ts';

/** How a page loaded. Times are milliseconds since the navigation began. */
interface Load {
  firstContentfulPaint: number;
  largestContentfulPaint: number;
  /** Milliseconds beyond 50 of every task after the first contentful paint (Lighthouse's definition). */
  totalBlockingTime: number;
  layoutShift: number;
}

const pages = { report: '', model: 'model/', methods: 'methods/', lab: 'lab/' };

/** How many times slower the processor is made. */
const SLOWDOWN = 4;

/** How long a page is watched: by then it has painted, and nothing has been touched or scrolled. */
const SETTLE = 4_000;

/**
 * Loads each page of the site in a context of its own and watches it without touching it.
 *
 * @returns medians over the visits, of layout shifts the largest, and every visit
 */
export async function loadPages({ url, visits }: { url: string; visits: number }) {
  const browser = await launchBrowser();
  const figures: Record<string, number> = {};
  const loads: Record<string, Load[]> = {};
  try {
    // The first page of a browser pays for its start.
    await loadPage(browser, new URL('404.html', url).href, 1);
    for (const [name, path] of Object.entries(pages)) {
      const seen: Load[] = [];
      for (let i = 0; i < visits; i++) seen.push(await loadPage(browser, new URL(path, url).href, SLOWDOWN));
      figures[`${name} paint`] = median(seen, (load) => load.largestContentfulPaint)!;
      figures[`${name} blocked`] = median(seen, (load) => load.totalBlockingTime)!;
      figures[`${name} shift`] = Math.max(...seen.map((load) => load.layoutShift));
      loads[name] = seen;
    }
  } finally {
    await browser.close();
  }
  return { ...figures, loads };
}

async function loadPage(browser: Browser, url: string, slowdown: number): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForTimeout(SETTLE);
  const load = await page.evaluate(watched);
  await context.close();
  return load;
}

/** Runs in the page: what the browser has noted of its load. */
async function watched(): Promise<Load> {
  const entries = (type: string) =>
    new Promise<PerformanceEntry[]>((resolve) => {
      new PerformanceObserver((list) => {
        resolve(list.getEntries());
      }).observe({ type, buffered: true });
      setTimeout(resolve, 200, []);
    });
  const [paints, largest, tasks, shifts] = await Promise.all(
    ['paint', 'largest-contentful-paint', 'longtask', 'layout-shift'].map(entries),
  );
  const first = paints!.find(({ name }) => name === 'first-contentful-paint')!.startTime;
  const blocked = tasks!.map(
    ({ startTime, duration }) => startTime + duration - Math.max(startTime, first) - 50,
  );
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return {
    firstContentfulPaint: first,
    largestContentfulPaint: largest!.at(-1)!.startTime,
    totalBlockingTime: sum(blocked.map((time) => Math.max(0, time))),
    layoutShift: sum((shifts as (PerformanceEntry & { value: number })[]).map(({ value }) => value)),
  };
}
