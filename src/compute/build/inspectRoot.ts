// What a root holds, beside what its manifest says of it.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage } from '../experiments/stage.ts';
import { sha256OfFile } from '../sha256.ts';
import type { Manifest } from './manifest.ts';
import type { StageKey } from './stageKey.ts';

/** Removes what stages left that are no longer in the list: it would be published with the rest and never change again. */
export async function prune(manifest: Manifest, stages: readonly Stage[], root: string): Promise<Manifest> {
  const current = new Set(stages.flatMap(({ outputs }) => outputs));
  const names = new Set(stages.map(({ name }) => name));
  const records = Object.entries(manifest.stages);
  const recorded = records.flatMap(([, { outputs }]) => Object.keys(outputs));
  const gone = recorded.filter((path) => !current.has(path));
  await Promise.all(gone.map((path) => rm(join(root, path), { force: true })));
  return {
    stages: Object.fromEntries(records.filter(([name]) => names.has(name))),
    unfinished: manifest.unfinished.filter((name) => names.has(name)),
  };
}

/**
 * Checks that no file stands in the way that no build wrote: a build records what it is about to do before it does it.
 *
 * @throws with the file, and what to do
 */
export function checkOwn(root: string, stages: readonly Stage[], manifest: Manifest): void {
  for (const { name, outputs } of stages) {
    if (manifest.stages[name] || manifest.unfinished.includes(name)) continue;
    const taken = outputs.map((path) => join(root, path)).find((path) => existsSync(path));
    if (taken !== undefined)
      throw new Error(
        `${taken} was not written by a build; move it away, or name another folder with --root`,
      );
  }
}

/** How a stage's outputs were found. */
interface Found {
  state: 'fresh' | 'stale' | 'missing';
  reason?: string;
  /** SHA-256 of the outputs that are there, by path. */
  digests: Record<string, string>;
}

/** Compares a stage's outputs with its record. */
export async function inspect(
  stage: Stage,
  { key, parts }: StageKey,
  manifest: Manifest,
  root: string,
): Promise<Found> {
  const digests: Record<string, string> = {};
  for (const path of stage.outputs) {
    const digest = await sha256OfFile(join(root, path));
    if (digest !== undefined) digests[path] = digest;
  }
  const record = manifest.stages[stage.name];
  if (!record || stage.outputs.some((path) => !digests[path])) return { state: 'missing', digests };
  const changed = Object.keys(parts).filter((part) => parts[part] !== record.parts[part]);
  if (record.key !== key) return { state: 'stale', reason: `stale (${changed.join(', ')} changed)`, digests };
  const altered = stage.outputs.find((path) => digests[path] !== record.outputs[path]);
  if (altered === undefined) return { state: 'fresh', digests };
  return { state: 'stale', reason: `stale (${altered} is not the file that was written)`, digests };
}
