// Runs the stages that need it, in order. Whatever interrupts it, the root holds complete files only, and what the
// manifest does not vouch for is computed again.
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { acquireBuildLock } from './buildLock.ts';
import { readManifest, writeManifest, type Manifest } from './manifest.ts';
import { removeFolder } from './publish.ts';
import { runStage, type StageEvent } from './runStage.ts';
import { sha256OfFile } from './sha256.ts';
import { checkStages, stagesAfter, stagesNeededFor, type Stage } from './stage.ts';
import { createDigests, stageKey, type StageKey, type Surroundings } from './stageKey.ts';
import { silentReporter, type Reporter } from './progress.ts';
import type { WorkerPool } from './workerPool.ts';

/** What to run, where and how. */
export interface PipelineOptions extends Omit<Surroundings, 'inputs'> {
  stages: readonly Stage[];
  /** Folder that gets the outputs. */
  root: string;
  /** Folder for the lock and unfinished files: outside the root, on the same disk. */
  work: string;
  /** Makes the workers; called when the first stage runs. */
  createPool: () => WorkerPool | Promise<WorkerPool>;
  /** Run these stages and those that they need, if need be. */
  only?: readonly string[];
  /** Run the stages (those of `only`, if given) even if nothing changed. */
  force?: boolean;
  /** Stages whose outputs are in the root already and are taken as they are. */
  given?: readonly string[];
  reporter?: Reporter;
  signal?: AbortSignal;
  /** Told of each thing that happens; what it throws stops the build. */
  onEvent?: (event: StageEvent) => void;
}

/** How a stage was found, and how long it ran. */
export interface StageReport {
  name: string;
  state: 'fresh' | 'stale' | 'missing' | 'forced' | 'given';
  /** What changed, for a stale stage. */
  reason?: string;
  /** Seconds that it ran; 0 if it did not. */
  seconds: number;
  /** Size of its outputs. */
  bytes: number;
}

/**
 * Brings the root up to date, alone: it waits while another build is at work there.
 *
 * @returns what was done, stage by stage
 * @throws what a stage throws, with the stage's name; the signal's reason if it is aborted; an error that names the file
 *   and the way out if the disk is full or not writable. Stages done until then are kept.
 */
export async function runPipeline(options: PipelineOptions): Promise<StageReport[]> {
  const { stages, root, work, only, given = [], force = false, reporter = silentReporter } = options;
  const { signal = new AbortController().signal, onEvent = () => undefined } = options;
  checkStages(stages);
  const needed = only ? stagesNeededFor(stages, only) : stages;
  const release = await acquireBuildLock(work, {
    signal,
    onWait: (holder) => reporter.line(`Waiting for another build to end (${holder}).`),
  });
  const staging = join(work, 'staging');
  let pool: Promise<WorkerPool> | undefined;
  try {
    await removeFolder(staging);
    const recorded = await readManifest(root);
    const manifest = await prune(recorded, stages, root);
    const unfinished = new Set(manifest.unfinished);
    let saved = JSON.stringify(recorded);
    const save = async (): Promise<void> => {
      manifest.unfinished = [...unfinished];
      if (JSON.stringify(manifest) === saved) return;
      await writeManifest(
        root,
        work,
        manifest,
        stages.map(({ name }) => name),
      );
      saved = JSON.stringify(manifest);
    };
    const digests = createDigests();
    const reports: StageReport[] = [];
    const known = new Map<string, string>();

    for (const stage of needed) {
      signal.throwIfAborted();
      const key = await stageKey(stage, { ...options, inputs: (path) => known.get(path)! }, digests);
      const taken = given.includes(stage.name);
      const found = await inspect(stage, key, manifest, root);
      if (taken && found.lost)
        throw new Error(`stage ${stage.name} is to be taken as it is, but ${found.lost} is missing`);
      const forced = force && !taken && (only?.includes(stage.name) ?? true);
      const state = taken ? 'given' : forced && found.state === 'fresh' ? 'forced' : found.state;
      const began = performance.now();
      if (state === 'fresh' || state === 'given') {
        found.digests.forEach((digest, path) => known.set(path, digest));
        unfinished.delete(stage.name);
      } else {
        reporter.line(`${stage.name}: ${found.reason ?? state}`);
        for (const { name } of [...needed.slice(reports.length), ...stagesAfter(stages, stage)])
          unfinished.add(name);
        if (Object.keys(manifest.stages).length > 0) await save();
        pool ??= Promise.resolve(options.createPool());
        const outputs = await runStage(stage, {
          ...{ options: options.options, root, staging, pool: await pool, provenance: key.provenance },
          ...{ progress: reporter.progress(stage.name), signal, onEvent },
        });
        for (const [path, digest] of Object.entries(outputs)) known.set(path, digest);
        manifest.stages[stage.name] = { key: key.key, parts: key.parts, outputs };
        unfinished.delete(stage.name);
        await save();
        onEvent({ kind: 'recorded', stage: stage.name });
      }
      const ran = state !== 'fresh' && state !== 'given';
      reports.push({
        ...{ name: stage.name, state, seconds: ran ? (performance.now() - began) / 1000 : 0 },
        ...{
          bytes: await size(stage, root),
          ...(found.reason === undefined ? {} : { reason: found.reason }),
        },
      });
    }
    await save();
    return reports;
  } finally {
    await (await pool)?.close();
    await removeFolder(staging).catch(() => undefined);
    reporter.clear();
    release();
  }
}

// What a stage left that is no longer in the list would be published with the rest and never change again.
async function prune(manifest: Manifest, stages: readonly Stage[], root: string): Promise<Manifest> {
  const current = new Set(stages.flatMap(({ outputs }) => outputs));
  const names = new Set(stages.map(({ name }) => name));
  const records = Object.entries(manifest.stages);
  const gone = records
    .flatMap(([, { outputs }]) => Object.keys(outputs))
    .filter((path) => !current.has(path));
  await Promise.all(gone.map((path) => rm(join(root, path), { force: true })));
  return {
    stages: Object.fromEntries(records.filter(([name]) => names.has(name))),
    unfinished: manifest.unfinished.filter((name) => names.has(name)),
  };
}

interface Found {
  state: 'fresh' | 'stale' | 'missing';
  reason?: string;
  /** First output that is not there. */
  lost?: string | undefined;
  digests: Map<string, string>;
}

async function inspect(
  stage: Stage,
  { key, parts }: StageKey,
  manifest: Manifest,
  root: string,
): Promise<Found> {
  const files = await Promise.all(
    stage.outputs.map(async (path) => [path, await sha256OfFile(join(root, path))] as const),
  );
  const lost = files.find(([, digest]) => digest === undefined)?.[0];
  const digests = new Map(files.flatMap(([path, digest]) => (digest ? [[path, digest] as const] : [])));
  const record = manifest.stages[stage.name];
  if (!record || lost) return { state: 'missing', lost, digests };
  if (record.key !== key) {
    const changed = Object.keys(parts).filter((part) => parts[part] !== record.parts[part]);
    return { state: 'stale', reason: `stale (${changed.join(', ')} changed)`, digests };
  }
  const altered = files.find(([path, digest]) => digest !== record.outputs[path])?.[0];
  if (altered)
    return { state: 'stale', reason: `stale (${altered} is not the file that was written)`, digests };
  return { state: 'fresh', digests };
}

async function size(stage: Stage, root: string): Promise<number> {
  const sizes = await Promise.all(stage.outputs.map(async (path) => (await stat(join(root, path))).size));
  return sizes.reduce((sum, one) => sum + one, 0);
}
