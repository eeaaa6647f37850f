// What happened when, where and how fast: a line of JSON for each build, kept out of the results, which carry nothing
// that differs between two equal runs.
import { appendFile } from 'node:fs/promises';
import { availableParallelism, cpus, hostname, totalmem } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './makeFolder.ts';

/** Name of the log in a work folder. */
const COMPUTE_LOG = 'compute.log';

/** Appends an entry, with the time, the host and the most memory the process has had, in MiB. */
export async function appendToLog(work: string, entry: Record<string, unknown>): Promise<void> {
  const line = {
    time: new Date().toISOString(),
    host: hostname(),
    platform: `${process.platform}-${process.arch}`,
    node: process.version,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    ...entry,
  };
  await makeFolder(work);
  await appendFile(join(work, COMPUTE_LOG), `${JSON.stringify(line)}\n`);
}
