// Measures how fast a widget of the built report answers, in the browser of the site tests: from the reader's input to the
// painted answer, with the worker's own part of it; the first check after hydration; tasks over 50 ms of the page's thread.
// Prints a table and writes JSON; nothing here is asserted.
// `--flags=--disable-gpu-compositing` paints the page without the software WebGL that the worker uses too.
//   node tools/widgetSpeed.ts [--dir dist] [--out FILE] [--acts 40] [--visits 5] [--flags FLAGS]
//     [--only tick,image,steps,cpu,check,drag]
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { timesOf } from '../bench/measure.ts';
import { serve } from './browser/serve.ts';
import { browse, drag, kept, turn, visit, type RasterAct } from './widgetActs.ts';

function median(values: readonly number[]): number {
  return Number(timesOf(values).median.toFixed(1));
}

/** Medians of acts: to the painted answer; of it in the worker, in messages, in the page after the answer; the raster after. */
function summary(acts: readonly RasterAct[]) {
  const of = (part: (act: RasterAct) => number) => median(acts.map(part));
  return {
    painted: of(({ input, painted }) => painted - input),
    worker: of(({ worker }) => worker),
    messages: of(({ input, answered, worker }) => answered - input - worker),
    page: of(({ answered, painted }) => painted - answered),
    raster: of(({ raster }) => raster),
    slowest: Number(Math.max(...acts.map(({ input, painted }) => painted - input)).toFixed(1)),
    acts,
  };
}

function whole(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new RangeError(`invalid count: ${text}, expected a whole number from 1`);
}

const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: 'dist' },
    out: { type: 'string', default: 'node_modules/.cache/reports/widgetSpeed.json' },
    acts: { type: 'string', default: '40' },
    visits: { type: 'string', default: '5' },
    flags: { type: 'string', default: '' },
    only: { type: 'string', default: 'tick,image,steps,cpu,check,drag' },
  },
});
const acts = whole(values.acts);
const visits = whole(values.visits);
const args = values.flags.split(' ').filter(Boolean);
const server = await serve(values.dir);

/** Visits the widget once for each run, each time in a new browser. */
async function measure(name: string): Promise<object> {
  const { url } = server;
  switch (name) {
    case 'tick':
      return visit(url, async (opened) => summary(await turn(opened, { acts })), { args });
    case 'image':
      return visit(url, async (opened) => summary(await browse(opened, { acts })), { args });
    case 'steps':
      return visit(url, async (opened) => summary(await turn(opened, { acts, steps: 5 })), { args });
    case 'cpu':
      return visit(url, async (opened) => summary(await turn(opened, { acts })), {
        args,
        prelude: 'delete self.OffscreenCanvas;',
      });
    case 'check': {
      const checks: number[] = [];
      for (let i = 0; i < visits; i++)
        checks.push(
          await visit(
            url,
            async ({ page }) => {
              const { hydrated, reproduced } = await kept(page);
              return reproduced - hydrated;
            },
            { args },
          ),
        );
      return { median: median(checks), slowest: median([Math.max(...checks)]), checks };
    }
    case 'drag':
      return visit(
        url,
        async (opened) => {
          const answers = await drag(opened);
          const { longTasks, hydrated } = await kept(opened.page);
          return {
            answers,
            longest: Math.max(0, ...longTasks.map(({ milliseconds }) => milliseconds)),
            hydrated,
            longTasks,
          };
        },
        { args },
      );
    default:
      throw new RangeError(`invalid part: ${name}, expected one of tick, image, steps, cpu, check, drag`);
  }
}

const loadBefore = loadavg();
const parts: Record<string, object> = {};
try {
  for (const name of values.only.split(',')) {
    parts[name] = await measure(name);
    const figures = Object.entries(parts[name]).filter(([, value]) => typeof value === 'number');
    console.log(`${name.padEnd(6)} ${figures.map(([key, value]) => `${key} ${String(value)}`).join('   ')}`);
  }
} finally {
  await server.close();
}
const machine = { cores: cpus().length, model: cpus()[0]?.model, loadBefore, loadAfter: loadavg() };
console.log(
  `${machine.cores} cores, load ${loadBefore[0]!.toFixed(1)} before, ${machine.loadAfter[0]!.toFixed(1)} after`,
);
await mkdir(dirname(values.out), { recursive: true });
await writeFile(values.out, `${JSON.stringify({ machine, args, parts }, null, 2)}\n`);
