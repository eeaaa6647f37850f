// Measures how the built pages load with the processor slowed down fourfold, before any interaction: largest contentful
// paint, layout shift and total blocking time. Prints a table and writes JSON; nothing here is asserted.
//   node tools/pageSpeed.ts [--dir dist] [--out FILE] [--runs 3] [--slowdown 4]
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { timesOf } from '../bench/measure.ts';
import { launchBrowser } from './browser/launchBrowser.ts';
import { serve } from './browser/serve.ts';

const paths = { report: '', model: 'model/', methods: 'methods/', lab: 'lab/' };

/** One visit. Times are milliseconds since the navigation began. */
interface Visit {
  firstContentfulPaint: number;
  largestContentfulPaint: number;
  layoutShift: number;
  /** Milliseconds beyond 50 of every task after the first contentful paint, within `settle` (Lighthouse's definition). */
  totalBlockingTime: number;
}

/** How long a page is watched: by then it has painted, and nothing has been touched or scrolled. */
const settle = 4_000;

/** Opens a page in a fresh context and watches it without touching it. */
async function visit(browser: Browser, url: string, slowdown: number): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.addInitScript(() => {
    const seen = { firstContentfulPaint: 0, largestContentfulPaint: 0, layoutShift: 0 };
    const tasks: PerformanceEntry[] = [];
    Object.assign(window, { seen, tasks });
    const watch = (type: string, take: (entry: PerformanceEntry) => void): void => {
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
    };
    watch('paint', ({ name, startTime }) => {
      if (name === 'first-contentful-paint') seen.firstContentfulPaint = startTime;
    });
    watch('largest-contentful-paint', (entry) => (seen.largestContentfulPaint = entry.startTime));
    watch(
      'layout-shift',
      (entry) => (seen.layoutShift += (entry as PerformanceEntry & { value: number }).value),
    );
    watch('longtask', (entry) => tasks.push(entry));
  });
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForTimeout(settle);
  const watched = await page.evaluate(() => {
    const { seen, tasks } = window as unknown as {
      seen: Omit<Visit, 'totalBlockingTime'>;
      tasks: PerformanceEntry[];
    };
    const after = seen.firstContentfulPaint;
    const blocked = tasks.map(
      ({ startTime, duration }) => startTime + duration - Math.max(startTime, after) - 50,
    );
    return { ...seen, totalBlockingTime: blocked.reduce((sum, time) => sum + Math.max(0, time), 0) };
  });
  await context.close();
  return watched;
}

const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: 'dist' },
    out: { type: 'string', default: 'node_modules/.cache/reports/pageSpeed.json' },
    runs: { type: 'string', default: '3' },
    slowdown: { type: 'string', default: '4' },
  },
});
const runs = Number(values.runs);
const slowdown = Number(values.slowdown);
if (!Number.isInteger(runs) || runs < 1)
  throw new RangeError(`invalid runs: ${values.runs}, expected a whole number from 1`);
if (!(slowdown >= 1)) throw new RangeError(`invalid slowdown: ${values.slowdown}, expected a number from 1`);

const server = await serve(values.dir);
const browser = await launchBrowser();
const loadBefore = loadavg();
const pages: Record<string, Visit[]> = {};
try {
  // The first page of a browser pays for its start.
  await visit(browser, new URL('404.html', server.url).href, 1);
  for (const [name, path] of Object.entries(paths)) {
    const visits: Visit[] = [];
    for (let run = 0; run < runs; run++)
      visits.push(await visit(browser, new URL(path, server.url).href, slowdown));
    pages[name] = visits;
    const paint = timesOf(visits.map((one) => one.largestContentfulPaint)).median.toFixed(0);
    const shift = Math.max(...visits.map((one) => one.layoutShift)).toFixed(4);
    const blocked = timesOf(visits.map((one) => one.totalBlockingTime)).median.toFixed(0);
    console.log(
      `${name.padEnd(8)} paint ${paint.padStart(5)} ms   blocked ${blocked.padStart(5)} ms   shift ${shift} (most)`,
    );
  }
} finally {
  await browser.close();
  await server.close();
}
const machine = { cores: cpus().length, model: cpus()[0]?.model, loadBefore, loadAfter: loadavg() };
console.log(
  `${machine.cores} cores, load ${loadBefore[0]!.toFixed(1)} before, ${machine.loadAfter[0]!.toFixed(1)} after`,
);
await mkdir(dirname(values.out), { recursive: true });
await writeFile(values.out, `${JSON.stringify({ machine, slowdown, settle, pages }, null, 2)}\n`);
