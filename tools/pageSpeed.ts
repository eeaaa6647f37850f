// Measures how the built pages load with the processor slowed down fourfold: largest contentful paint, layout shift and
// tasks over 50 ms before any interaction. Prints a table and writes JSON; nothing here is asserted.
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
  largestContentfulPaint: number;
  layoutShift: number;
  /** Durations of the tasks over 50 ms in the first `settle` milliseconds. */
  longTasks: number[];
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
    const seen = { largestContentfulPaint: 0, layoutShift: 0, longTasks: [] as number[] };
    Object.assign(window, { seen });
    const watch = (type: string, take: (entry: PerformanceEntry) => void): void => {
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
    };
    watch('largest-contentful-paint', (entry) => (seen.largestContentfulPaint = entry.startTime));
    watch(
      'layout-shift',
      (entry) => (seen.layoutShift += (entry as PerformanceEntry & { value: number }).value),
    );
    watch('longtask', (entry) => seen.longTasks.push(entry.duration));
  });
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForTimeout(settle);
  const seen = await page.evaluate(() => (window as unknown as { seen: Visit }).seen);
  await context.close();
  return seen;
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
    const tasks = visits
      .map((one) => one.longTasks.map((time) => time.toFixed(0)).join(' + ') || 'none')
      .join(', ');
    console.log(
      `${name.padEnd(8)} paint ${paint.padStart(5)} ms (median)   shift ${shift} (most)   tasks over 50 ms: ${tasks}`,
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
