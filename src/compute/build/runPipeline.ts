// Runs the stages that need it, in order. Whatever interrupts it, the root holds complete files only, and what the
// manifest does not vouch for is computed again.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage } from '../experiments/stage.ts';
import { acquireBuildLock } from './buildLock.ts';
import { checkOwn, inspect, prune, readManifest, writeManifest } from './manifest.ts';
import type { OnEvent } from './progress.ts';
import { removeFolder } from './files.ts';
import { runStage } from './runStage.ts';
import { checkUnchanged, sourcesAtStart, type Sources } from './sources.ts';
import { createCodeReader, stageKey, type Surroundings } from './stageKey.ts';
import type { WorkerPool } from './workerPool.ts';

export interface PipelineOptions extends Surroundings {
  stages: readonly Stage[];
  root: string;
  /** Folder for the lock and unfinished files: outside the root, on the same disk. */
  work: string;
  /** Whether the root may hold files of others: none that no build wrote is replaced then. */
  foreign?: boolean | undefined;
  /** Makes the workers; called when the first stage runs. */
  createPool: () => WorkerPool | Promise<WorkerPool>;
  /** Run these stages and those that they need, if need be. */
  only?: readonly string[] | undefined;
  /** Run the stages (those of `only`, if given) even if nothing changed. */
  force?: boolean | undefined;
  /** Stages whose outputs are in the root already and are taken as they are. */
  given?: readonly string[] | undefined;
  signal?: AbortSignal | undefined;
  onEvent?: OnEvent | undefined;
  sources?: Sources | undefined;
}

/** How a stage was found, and how long it ran. */
export interface StageReport {
  name: string;
  state: 'fresh' | 'stale' | 'missing' | 'forced' | 'given';
  /** What changed, for a stale stage. */
  reason?: string | undefined;
  /** Seconds that it ran; 0 if it did not. */
  seconds: number;
  bytes: number;
}

/**
 * Brings the root up to date, alone: it waits while another build is at work there.
 *
 * @returns what was done, stage by stage
 * @throws what a stage throws, with the stage's name; the signal's reason if it is aborted; an error that names the file
 *   and what to do if the disk is full or not writable. Stages done until then are kept.
 */
export async function runPipeline(options: PipelineOptions): Promise<StageReport[]> {
  const { stages, root, work, only, given = [], force = false } = options;
  const { signal = new AbortController().signal, onEvent = () => undefined } = options;
  const { sources = sourcesAtStart, foreign = false } = options;
  const say = (text: string) => onEvent({ kind: 'said', text });
  const needed = only ? stagesNeededFor(stages, only) : stages;
  const release = await acquireBuildLock(work, {
    signal,
    onWait: (holder) => say(`Waiting for another build to end (${holder}).`),
  });
  const staging = join(work, 'staging');
  let pool: WorkerPool | undefined;
  try {
    await removeFolder(staging);
    const recorded = await readManifest(root);
    const computed = needed.filter(({ name }) => !given.includes(name));
    if (foreign) checkOwn(root, computed, recorded);
    const manifest = await prune(recorded, stages, root);
    const unfinished = new Set(manifest.unfinished);
    let saved = JSON.stringify(recorded);
    const save = async (): Promise<void> => {
      manifest.unfinished = [...unfinished];
      if (JSON.stringify(manifest) === saved) return;
      const order = stages.map(({ name }) => name);
      await writeManifest(root, staging, manifest, order);
      saved = JSON.stringify(manifest);
    };
    const readCode = createCodeReader();
    const reports: StageReport[] = [];
    const digests = new Map<string, string>();

    for (const stage of needed) {
      signal.throwIfAborted();
      const { name } = stage;
      const key = await stageKey(stage, options, digests, readCode);
      const check = (): void => checkUnchanged(sources, key.files);
      check();
      const found = await inspect(stage, key, manifest, root);
      const taken = given.includes(name);
      const forced = force && !taken && (only?.includes(name) ?? true);
      const state = taken ? 'given' : forced && found.state === 'fresh' ? 'forced' : found.state;
      const runs = state !== 'fresh' && state !== 'given';
      const began = performance.now();
      let outputs = found.digests;
      if (runs) {
        say(`${name}: ${found.reason ?? state}`);
        for (const later of stages.slice(stages.indexOf(stage))) unfinished.add(later.name);
        await save();
        pool ??= await options.createPool();
        const run = { ...options, staging, pool, provenance: key.provenance, signal, onEvent, check };
        outputs = await runStage(stage, run);
        manifest.stages[name] = { key: key.key, parts: key.parts, outputs };
      }
      for (const [path, digest] of Object.entries(outputs)) digests.set(path, digest);
      unfinished.delete(name);
      if (runs) {
        await save();
        onEvent({ kind: 'recorded', stage: name });
      }
      const seconds = runs ? (performance.now() - began) / 1000 : 0;
      reports.push({ name, state, reason: found.reason, seconds, bytes: await size(stage, root) });
    }
    await save();
    return reports;
  } finally {
    await pool?.close();
    await removeFolder(staging).catch(() => undefined);
    onEvent({ kind: 'ended' });
    release();
  }
}

/** The named stages and those whose outputs they read, in order. Throws on a name that is not in the list. */
function stagesNeededFor(stages: readonly Stage[], names: readonly string[]): Stage[] {
  for (const name of names) {
    if (stages.some((stage) => stage.name === name)) continue;
    throw new Error(
      `unknown stage: '${name}', expected one of ${stages.map((stage) => stage.name).join(', ')}`,
    );
  }
  const paths = new Set<string>();
  const needed: Stage[] = [];
  for (const stage of stages.toReversed()) {
    if (!names.includes(stage.name) && !stage.outputs.some((path) => paths.has(path))) continue;
    stage.inputs?.forEach((path) => paths.add(path));
    needed.unshift(stage);
  }
  return needed;
}

async function size(stage: Stage, root: string): Promise<number> {
  const sizes = await Promise.all(stage.outputs.map(async (path) => (await stat(join(root, path))).size));
  return sizes.reduce((sum, one) => sum + one, 0);
}
