// Work in turns, each piece's times printed with what they mean, and kept.
import { inTurns, type Run, type Runs, type Times } from './measure.ts';
import { rounded } from './runParts.ts';

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
