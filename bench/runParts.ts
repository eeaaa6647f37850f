// What the commands of the bench have in common: parts one after another, with the machine that they ran on.
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { dirname } from 'node:path';

/** What a part found, by name, as it goes into the file. */
export type Rows = Record<string, number | boolean | object>;

const require = createRequire(import.meta.url);

/** What times depend on besides the code: processor, load and versions. */
function machine() {
  const version = (name: string) => (require(`${name}/package.json`) as { version: string }).version;
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    MiB: Math.round(totalmem() / 2 ** 20),
    platform: `${process.platform}-${process.arch}`,
    node: process.versions.node,
    v8: process.versions.v8,
    tfjs: version('@tensorflow/tfjs-core'),
    assemblyscript: version('assemblyscript'),
    astro: version('astro'),
  };
}

const load = (): string =>
  loadavg()
    .map((value) => value.toFixed(2))
    .join(' ');

/** Runs parts one after another; prints their single numbers, and writes after each to a file what all have found. */
export async function runParts<Context>(
  parts: Readonly<Record<string, (context: Context) => Promise<Rows>>>,
  context: Context,
  options: { only: readonly string[] },
  file: string,
): Promise<void> {
  const described = { ...machine(), loadBefore: load() };
  console.log(
    Object.entries(described)
      .map((entry) => entry.join(' '))
      .join(', '),
  );
  const results: Record<string, Rows> = {};
  await mkdir(dirname(file), { recursive: true });
  for (const name of options.only) {
    console.log(`\n${name}`);
    const rows = (results[name] = await parts[name]!(context));
    for (const [what, value] of Object.entries(rows))
      if (typeof value !== 'object')
        console.log(`  ${what}: ${typeof value === 'number' ? rounded(value) : value}`);
    const report = { machine: { ...described, loadAfter: load() }, options, results };
    await writeFile(file, `${JSON.stringify(report, undefined, 1)}\n`);
  }
  console.log(`\nLoad after: ${load()}. All runs: ${file}`);
}

/** A number as it is printed: three digits, or all before the point. */
export function rounded(value: number): string {
  return Math.abs(value) < 1000 ? value.toPrecision(3) : value.toFixed(0);
}

/** The number that an argument is. Throws unless it is a whole one from 1. */
export function countOf(name: string, argument: string): number {
  if (/^[1-9]\d*$/.test(argument)) return Number(argument);
  throw new Error(`invalid ${name}: '${argument}', expected a whole number from 1`);
}
