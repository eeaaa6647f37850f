// One stage: into a folder of its own, then each output whole into the root.
import { dirname, join } from 'node:path';
import type { Options } from '../options.ts';
import { explainFileError, withFile } from './fileError.ts';
import { makeFolder } from './makeFolder.ts';
import type { Progress } from './progress.ts';
import { publish, removeFolder } from './publish.ts';
import { sha256OfFile } from './sha256.ts';
import type { Stage, StageProvenance } from './stage.ts';
import { restrictPool, type WorkerPool } from './workerPool.ts';

/** The moments of a stage, in order: `started`, `progressed` now and then, `computed`, `moved` per output, `recorded`. */
export type StageEvent =
  | { kind: 'started' | 'progressed' | 'computed' | 'recorded'; stage: string }
  | { kind: 'moved'; stage: string; path: string };

/** What a stage runs with. */
export interface StageRun {
  options: Options;
  root: string;
  /** Parent of the folder into which it writes. */
  staging: string;
  pool: WorkerPool;
  progress: Progress;
  provenance: StageProvenance;
  signal: AbortSignal;
  onEvent: (event: StageEvent) => void;
}

/**
 * Runs a stage and moves its outputs into the root.
 *
 * @returns SHA-256 of each output, by path
 * @throws what the stage throws, with its name before it; an error if it leaves an output out
 */
export async function runStage(stage: Stage, run: StageRun): Promise<Record<string, string>> {
  const { root, signal, onEvent } = run;
  const { name, outputs, inputs = [], tasks = [] } = stage;
  const folder = join(run.staging, name);
  await Promise.all(outputs.map((path) => withFile(folder, () => makeFolder(dirname(join(folder, path))))));
  const declared = (list: readonly string[], base: string, kind: string) => (path: string) => {
    if (!list.includes(path)) throw new Error(`stage ${name} does not declare the ${kind} ${path}`);
    return join(base, path);
  };
  onEvent({ kind: 'started', stage: name });
  try {
    await untilAborted(signal, () =>
      stage.run({
        options: run.options,
        input: declared(inputs, root, 'input'),
        output: declared(outputs, folder, 'output'),
        pool: restrictPool(run.pool, name, tasks),
        progress: watched(run.progress, () => {
          signal.throwIfAborted();
          onEvent({ kind: 'progressed', stage: name });
        }),
        provenance: run.provenance,
        signal,
      }),
    );
  } catch (error) {
    if (signal.aborted) throw error;
    const explained = explainFileError(error, folder);
    if (explained instanceof Error) explained.message = `stage ${name}: ${explained.message}`;
    throw explained;
  }
  const digests = await Promise.all(
    outputs.map(async (path) => {
      const digest = await sha256OfFile(join(folder, path));
      if (digest === undefined) throw new Error(`stage ${name} did not write its output ${path}`);
      return [path, digest] as const;
    }),
  );
  onEvent({ kind: 'computed', stage: name });
  for (const path of outputs) {
    await publish(join(folder, path), join(root, path));
    onEvent({ kind: 'moved', stage: name, path });
  }
  await removeFolder(folder);
  return Object.fromEntries(digests);
}

async function untilAborted(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([work(), promise]);
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function watched(progress: Progress, onProgress: () => void): Progress {
  return {
    ...progress,
    tick(count, note) {
      progress.tick(count, note);
      onProgress();
    },
    set(done, note) {
      progress.set(done, note);
      onProgress();
    },
  };
}
