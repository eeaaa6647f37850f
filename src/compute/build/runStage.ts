// One stage: computed, written into a folder of its own, then each output whole into the root.
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Stage } from '../experiments/stage.ts';
import type { Options } from '../options.ts';
import type { Provenance } from '../results/schemas.ts';
import { schemaOf } from '../results/readResult.ts';
import { writeResult } from '../results/writeResult.ts';
import { sha256OfFile } from '../sha256.ts';
import { makeFolder, publish, removeFolder, withFile } from './files.ts';
import type { OnEvent } from './progress.ts';
import type { WorkerPool } from './workerPool.ts';

export interface StageRun {
  options: Options;
  root: string;
  staging: string;
  pool: WorkerPool;
  provenance: Provenance;
  signal: AbortSignal;
  onEvent: OnEvent;
  /** Throws if the code is no longer that which ran. */
  check: () => void;
}

/**
 * Runs a stage and moves its outputs into the root.
 *
 * @returns SHA-256 of each output, by path
 * @throws what the stage throws, with its name before it; an error if it leaves an output out
 */
export async function runStage(stage: Stage, run: StageRun): Promise<Record<string, string>> {
  const { root, staging, onEvent } = run;
  const digests: Record<string, string> = {};
  try {
    const contents = await untilAborted(run.signal, () => compute(stage, run));
    run.check();
    for (const path of stage.outputs) {
      await write(join(staging, path), path, contents[path], run.provenance);
      digests[path] = (await sha256OfFile(join(staging, path)))!;
    }
  } catch (error) {
    if (error instanceof Error && !run.signal.aborted)
      error.message = `stage ${stage.name}: ${error.message}`;
    throw error;
  }
  onEvent({ kind: 'computed', stage: stage.name });
  for (const path of stage.outputs) {
    await publish(join(staging, path), join(root, path));
    onEvent({ kind: 'moved', stage: stage.name, path });
  }
  await removeFolder(staging);
  return digests;
}

function compute({ name, inputs = [], compute: work }: Stage, { options, root, pool, onEvent }: StageRun) {
  const progress = {
    start: (total: number) => onEvent({ kind: 'started', stage: name, total }),
    tick: (images: number, note?: string) => onEvent({ kind: 'progressed', stage: name, images, note }),
  };
  const input = (path: string): string => {
    if (!inputs.includes(path)) throw new Error(`it does not declare the input ${path}`);
    return join(root, path);
  };
  return work({ options, input, run: pool.run, progress });
}

async function write(file: string, path: string, content: object | undefined, provenance: Provenance) {
  if (content === undefined) throw new Error(`it did not compute its output ${path}`);
  await withFile(file, async () => {
    await makeFolder(dirname(file));
    const schema = schemaOf(path);
    if (schema) await writeResult(file, schema, { provenance, ...content });
    else await writeFile(file, content as Uint8Array);
  });
}

async function untilAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work(), promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
