// npm run speed: how fast the built pages load, with the processor slowed down, and how fast a widget answers, from the
// reader's input to the painted answer, in the browser of the site tests. Times are milliseconds; nothing is asserted.
import { median } from 'd3';
import { readArguments } from '../src/compute/build/commands/arguments.ts';
import { runCommand } from '../src/compute/build/commands/runCommand.ts';
import { serve } from '../tools/browser/serve.ts';
import { countOf, partsOf } from './arguments.ts';
import { loadPages } from './browser/loadPages.ts';
import { browse, drag, kept, turn, visit, type Opened, type RasterAct } from './browser/widgetActs.ts';
import { runParts, type Rows } from './runParts.ts';

const usage = `Usage: npm run speed -- [options]

  --only PARTS      some of load, tick, image, steps, cpu, check, drag, with commas (default: all)
  --visits N        visits of each page and of the check (default 5)
  --help            show this`;

const options = {
  only: { type: 'string' },
  visits: { type: 'string', default: '5' },
} as const;

const ACTS = 40;

/** What a part is given. */
interface Choices {
  /** Address of the site. */
  url: string;
  visits: number;
}

/** A part that acts in a widget again and again, in a browser of its own. */
const acting =
  (act: (opened: Opened, acts: number) => Promise<RasterAct[]>, prelude?: string) => (choices: Choices) =>
    visit({ ...choices, prelude }, async (opened) => summary(await act(opened, ACTS)));

const parts: Record<string, (choices: Choices) => Promise<Rows>> = {
  load: loadPages,
  tick: acting(turn),
  image: acting(browse),
  steps: acting((opened, acts) => turn(opened, acts, 5)),
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

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), { options, usage }, (values) => ({
    ...values,
    only: partsOf(values.only?.split(',') ?? Object.keys(parts), Object.keys(parts)),
    visits: countOf('--visits', values.visits),
  }));
  if (!given) return 0;
  const { url } = await serve('dist');
  await runParts(parts, { ...given, url }, given, 'node_modules/.cache/reports/speed.json');
  return 0;
});
