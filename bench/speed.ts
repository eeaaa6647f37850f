// npm run speed: how fast the built pages load, with the processor slowed down, and how fast a widget answers, from the
// reader's input to the painted answer, in the browser of the site tests. Times are milliseconds; nothing is asserted.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { median } from 'd3';
import { readArguments } from '../src/compute/build/commands/arguments.ts';
import { serve } from '../tools/browser/serve.ts';
import { countOf } from './arguments.ts';
import { loadPages } from './browser/loadPages.ts';
import { browse, drag, kept, turn, visit, type RasterAct } from './browser/widgetActs.ts';
import { machine } from './machine.ts';

const usage = `Usage: npm run speed -- [options]

  --only PARTS      some of load, tick, image, steps, cpu, check, drag, with commas (default: all)
  --visits N        visits of each page and of the check (default 5)
  --acts N          acts of tick, image, steps and cpu (default 40)
  --slowdown N      how many times slower the processor is made for load (default 4)
  --flags FLAGS     further flags of the browser: --disable-gpu-compositing paints the page without the software WebGL
                    that the worker uses too
  --dir FOLDER      the built site (default dist)
  --out FILE        where every figure is written (default node_modules/.cache/reports/speed.json)
  --help            show this`;

const options = {
  only: { type: 'string' },
  visits: { type: 'string', default: '5' },
  acts: { type: 'string', default: '40' },
  slowdown: { type: 'string', default: '4' },
  flags: { type: 'string', default: '' },
  dir: { type: 'string', default: 'dist' },
  out: { type: 'string', default: 'node_modules/.cache/reports/speed.json' },
  help: { type: 'boolean' },
} as const;

/** What a part is given. */
interface Choices {
  /** Address of the site. */
  url: string;
  /** Flags of the browser. */
  args: string[];
  visits: number;
  acts: number;
  slowdown: number;
}

/** Figures by name: the numbers are printed, all are written. */
type Figures = Record<string, unknown>;

/** What can be measured; each visit of a widget opens a browser of its own. */
const parts: Record<string, (choices: Choices) => Promise<Figures>> = {
  load: (choices) => loadPages(choices),
  tick: (choices) => visit(choices, async (opened) => summary(await turn(opened, choices))),
  image: (choices) => visit(choices, async (opened) => summary(await browse(opened, choices))),
  steps: (choices) => visit(choices, async (opened) => summary(await turn(opened, choices, 5))),
  cpu: (choices) =>
    visit({ ...choices, prelude: 'delete self.OffscreenCanvas;' }, async (opened) =>
      summary(await turn(opened, choices)),
    ),
  async check(choices) {
    const checks: number[] = [];
    for (let i = 0; i < choices.visits; i++) {
      const { hydrated, reproduced } = await visit(choices, ({ page }) => kept(page));
      checks.push(reproduced - hydrated);
    }
    return { median: median(checks), slowest: Math.max(...checks), checks };
  },
  drag: (choices) =>
    visit(choices, async (opened) => {
      const answers = await drag(opened);
      const { longTasks } = await kept(opened.page);
      return {
        answers,
        longest: Math.max(0, ...longTasks.map(({ milliseconds }) => milliseconds)),
        longTasks,
      };
    }),
};

/** Medians of acts: to the painted answer; of it in the worker, in messages, in the page after the answer; the raster after. */
function summary(acts: readonly RasterAct[]): Figures {
  return {
    painted: median(acts, ({ input, painted }) => painted - input),
    worker: median(acts, ({ worker }) => worker),
    messages: median(acts, ({ input, answered, worker }) => answered - input - worker),
    page: median(acts, ({ answered, painted }) => painted - answered),
    raster: median(acts, ({ raster }) => raster),
    slowest: Math.max(...acts.map(({ input, painted }) => painted - input)),
    acts,
  };
}

async function main(): Promise<void> {
  const given = readArguments(process.argv.slice(2), { options, usage }, (values) => ({
    ...values,
    only: values.only?.split(',').map(partOf) ?? Object.keys(parts),
    visits: countOf('--visits', values.visits),
    acts: countOf('--acts', values.acts),
    slowdown: countOf('--slowdown', values.slowdown),
  }));
  if (given.help) {
    console.log(usage);
    return;
  }
  const { lines, facts } = machine();
  console.log(lines.join('\n'));
  const server = await serve(given.dir);
  const choices = { ...given, url: server.url, args: given.flags.split(' ').filter(Boolean) };
  const results: Record<string, Figures> = {};
  for (const name of given.only) {
    results[name] = await parts[name]!(choices);
    const numbers = Object.entries(results[name]).filter(([, value]) => typeof value === 'number');
    const cells = numbers.map(([key, value]) => `${key} ${Number((value as number).toPrecision(3))}`);
    console.log(`${name.padEnd(6)} ${cells.join('   ')}`);
  }
  await server.close();
  await mkdir(dirname(given.out), { recursive: true });
  const report = { machine: { ...facts, loadAfter: machine().facts.load }, options: given, results };
  await writeFile(given.out, `${JSON.stringify(report, null, 1)}\n`);
}

function partOf(name: string): string {
  if (Object.hasOwn(parts, name)) return name;
  throw new Error(`invalid --only: '${name}', expected some of ${Object.keys(parts).join(', ')}`);
}

await main().catch((error: unknown) => {
  console.error((error as Error).message);
  // What was begun, a browser or a server, ends with the process.
  process.exit(1);
});
