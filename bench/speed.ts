// npm run speed: how fast the built pages load, with the processor slowed down, and how fast a widget answers, from the
// reader's input to the painted answer, in the browser of the site tests. Times are milliseconds; nothing is asserted.
import { median } from 'd3';
import type { Browser } from 'playwright-core';
import { oneOf, readArguments } from '../src/compute/build/commands/arguments.ts';
import { runCommand } from '../src/compute/build/commands/runCommand.ts';
import { launchBrowser } from '../tools/browser/launchBrowser.ts';
import { serve } from '../tools/browser/serve.ts';
import { browse, drag, kept, turn, visit, type Opened, type RasterAct } from './browser/widgetActs.ts';
import { countOf, runParts, type Rows } from './runParts.ts';

const usage = `Usage: npm run speed -- [options]

  --only PARTS      some of load, tick, image, steps, cpu, check, drag, with commas (default: all)
  --visits N        visits of each page and of the check (default 5)
  --help            show this`;

const options = {
  only: { type: 'string' },
  visits: { type: 'string', default: '5' },
} as const;

const pages = { report: '', model: 'model/', methods: 'methods/', lab: 'lab/' };

/** How many times slower the processor is made. */
const SLOWDOWN = 4;

/** How long a page is watched: by then it has painted, and nothing has been touched or scrolled. */
const SETTLE = 4_000;

/** What a part is given. */
interface Choices {
  /** Address of the site. */
  url: string;
  visits: number;
}

/** A part that acts in a widget again and again, in a browser of its own. */
const acting = (act: (opened: Opened) => Promise<RasterAct[]>, prelude?: string) => (choices: Choices) =>
  visit({ ...choices, prelude }, async (opened) => summary(await act(opened)));

const parts: Record<string, (choices: Choices) => Promise<Rows>> = {
  load: loadPages,
  tick: acting(turn),
  image: acting(browse),
  steps: acting((opened) => turn(opened, 5)),
  cpu: acting(turn, 'delete self.OffscreenCanvas;'),
  async check(choices) {
    const checks: number[] = [];
    for (let i = 0; i < choices.visits; i++) {
      const { hydrated, reproduced } = await visit(choices, ({ page }) => kept(page));
      checks.push(reproduced - hydrated);
    }
    return { median: median(checks)!, slowest: Math.max(...checks), checks };
  },
  drag: (choices) =>
    visit(choices, async (opened) => {
      const answers = await drag(opened);
      const { longTasks } = await kept(opened.page);
      const longest = Math.max(0, ...longTasks.map(({ milliseconds }) => milliseconds));
      return { answers, longest, longTasks };
    }),
};

const names = Object.keys(parts);

/** Medians of acts: to the painted answer; of it in the worker, in messages, in the page after the answer; the raster after. */
function summary(acts: readonly RasterAct[]): Rows {
  return {
    painted: median(acts, ({ input, painted }) => painted - input)!,
    worker: median(acts, ({ worker }) => worker)!,
    messages: median(acts, ({ input, answered, worker }) => answered - input - worker)!,
    page: median(acts, ({ answered, painted }) => painted - answered)!,
    raster: median(acts, ({ raster }) => raster)!,
    slowest: Math.max(...acts.map(({ input, painted }) => painted - input)),
    acts,
  };
}

/** How a page loaded. Times are milliseconds since the navigation began. */
interface Load {
  firstContentfulPaint: number;
  largestContentfulPaint: number;
  /** Milliseconds beyond 50 of every task after the first contentful paint (Lighthouse's definition). */
  totalBlockingTime: number;
  layoutShift: number;
}

/**
 * Loads each page of the site in a context of its own and watches it without touching it.
 *
 * @returns medians over the visits, of layout shifts the largest, and every visit
 */
async function loadPages({ url, visits }: Choices): Promise<Rows> {
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

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), { options, usage }, (values) => ({
    ...values,
    only: (values.only?.split(',') ?? names).map((name) => oneOf('--only', name, names)),
    visits: countOf('--visits', values.visits),
  }));
  if (!given) return 0;
  const { url } = await serve('dist');
  await runParts(parts, { ...given, url }, given, 'node_modules/.cache/reports/speed.json');
  return 0;
});
