// Times of repeated work: the median says what it takes, the extremes how much the machine was doing besides.
import { availableParallelism, cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { median } from 'd3';
import { rounded } from './runParts.ts';

/** Seconds of several runs. */
export interface Times {
  median: number;
  min: number;
  max: number;
  runs: number[];
}

/** One run: its seconds, and those that it kept processors busy, all threads together. */
export interface Run {
  seconds: number;
  processorSeconds: number;
}

/** How often to run, and whether runs that something else disturbed are done again. */
export interface Runs {
  runs: number;
  warmUp?: number;
  quiet?: boolean;
}

// A run counts as quiet if other processes had less than this share of the processors.
const OTHERS = 0.1;
const MOST_TRIES = 20;

/** Does a piece of work once, on the threads of this process. */
export async function timed<T>(work: () => T): Promise<Run & { value: Awaited<T> }> {
  const before = process.cpuUsage();
  const began = performance.now();
  const value = await work();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { seconds, processorSeconds: (user + system) / 1e6, value };
}

/**
 * Does several pieces of work in turns, so that whatever else the machine does meets all of them alike.
 *
 * @param cases what to do; each is done `warmUp` times first, which does not count
 * @returns the times of each, the i-th runs of all having followed each other
 */
export async function inTurns<T>(
  cases: readonly T[],
  run: (one: T) => Promise<Run>,
  { runs, warmUp = 1, quiet = false }: Runs,
): Promise<Times[]> {
  const taken = cases.map((): number[] => []);
  for (let round = -warmUp; round < runs; round++) {
    for (const [i, one] of cases.entries()) {
      const { seconds } = await (quiet && round >= 0 ? undisturbed(() => run(one)) : run(one));
      if (round >= 0) taken[i]!.push(seconds);
    }
  }
  return taken.map((all) => ({
    median: median(all)!,
    min: Math.min(...all),
    max: Math.max(...all),
    runs: all,
  }));
}

/** How many times as long `a` takes as `b`: the median over the rounds, each round's runs divided by each other. */
export function ratio(a: Times, b: Times): number {
  return median(a.runs, (seconds, i) => seconds / b.runs[i]!)!;
}

async function undisturbed(work: () => Promise<Run>): Promise<Run> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    for (let waits = 0; waits < 60 && (await othersDuring(() => setTimeout(500, nothing))) > OTHERS; waits++);
    let run = nothing;
    const others = await othersDuring(async () => (run = await work()));
    if (others <= OTHERS) return run;
  }
  throw new Error(`the machine is too busy: ${MOST_TRIES} runs were disturbed; leave --quiet out`);
}

const nothing: Run = { seconds: 0, processorSeconds: 0 };

async function othersDuring(work: () => Promise<Run>): Promise<number> {
  const [busy, began] = [busySeconds(), performance.now()];
  const { processorSeconds } = await work();
  const elapsed = (performance.now() - began) / 1000;
  return (busySeconds() - busy - processorSeconds) / (availableParallelism() * elapsed);
}

function busySeconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1000;
}

/** Numbers by what they are, such as `ms per 1,000 images`. */
export type Figures = Record<string, number>;

/** What is compared: the name of each case, how it runs, and what its times mean beside those of the first. */
interface Comparison<T, F extends Figures> {
  name: (one: T) => string;
  run: (one: T) => Promise<Run>;
  figures?: (times: Times, one: T, first: Times) => F;
}

/** Times cases in turns and prints a line for each; returns times and figures by name. */
export async function compare<T, F extends Figures>(
  cases: readonly T[],
  { name, run, figures }: Comparison<T, F>,
  runs: Runs,
): Promise<Record<string, Times & F>> {
  const all = await inTurns(cases, run, runs);
  const rows: Record<string, Times & F> = {};
  for (const [i, one] of cases.entries()) {
    const times = all[i]!;
    const found = figures?.(times, one, all[0]!) ?? ({} as F);
    rows[name(one)] = { ...times, ...found };
    const spread = times.runs.length > 1 ? `(${times.min.toFixed(2)} to ${times.max.toFixed(2)})` : '';
    const meaning = Object.entries(found).map(([what, value]) => `${rounded(value)} ${what}`);
    console.log(
      `  ${name(one).padEnd(44)} ${times.median.toFixed(2).padStart(8)} s ${spread.padEnd(18)} ${meaning.join(', ')}`,
    );
  }
  return rows;
}
