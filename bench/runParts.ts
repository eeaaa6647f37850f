// What the commands of the bench have in common: parts one after another, with the machine that they ran on.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
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

// How every report begins.
const REPORT_START = '{\n "machine": {';

const load = (): string =>
  loadavg()
    .map((value) => value.toFixed(2))
    .join(' ');

/** Runs a command to its end. An error is told in a line; what was begun, threads or a browser, ends with the process. */
export async function runBench(command: () => Promise<void>): Promise<void> {
  await command().catch((error: unknown) => {
    console.error((error as Error).message);
    process.exitCode = 1;
  });
  process.exit();
}

/** Throws unless a file is a former report, or none: anything else is not ours to overwrite. */
async function checkReport(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return REPORT_START;
    throw error;
  });
  if (!text.startsWith(REPORT_START))
    throw new Error(`${file} is not a report of a bench; move it away, or name another file`);
}

/**
 * Runs parts one after another; prints their single numbers, and writes after each what all have found.
 *
 * @throws if the file is there and no report of former runs, before anything runs
 */
export async function runParts<Context>(
  parts: Readonly<Record<string, (context: Context) => Promise<Rows>>>,
  context: Context,
  options: { only: readonly string[]; file: string },
): Promise<void> {
  await checkReport(options.file);
  const described = { ...machine(), loadBefore: load() };
  console.log(
    Object.entries(described)
      .map((entry) => entry.join(' '))
      .join(', '),
  );
  const results: Record<string, Rows> = {};
  await mkdir(dirname(options.file), { recursive: true });
  for (const name of options.only) {
    console.log(`\n${name}`);
    const rows = (results[name] = await parts[name]!(context));
    for (const [what, value] of Object.entries(rows))
      if (typeof value !== 'object')
        console.log(`  ${what}: ${typeof value === 'number' ? rounded(value) : value}`);
    const report = { machine: { ...described, loadAfter: load() }, options, results };
    await writeFile(options.file, `${JSON.stringify(report, undefined, 1)}\n`);
  }
  console.log(`\nLoad after: ${load()}. All runs: ${options.file}`);
}

/** A number as it is printed: three digits, or all before the point. */
export function rounded(value: number): string {
  return Math.abs(value) < 1000 ? value.toPrecision(3) : value.toFixed(0);
}
