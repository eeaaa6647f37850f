// The record of what was computed from what: for each stage its key, what went into the key, and its outputs' digests; and what a
// root holds beside it.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Stage } from '../experiments/stage.ts';
import { digest } from '../results/values.ts';
import { sha256OfFile } from '../sha256.ts';
import { filesUnder, readIfThere, writeAtomically } from './files.ts';
import type { StageKey } from './stageKey.ts';

// A build removes what a stage left behind: only what lies in the root's own folders can be that.
const output = z.string().regex(/^(models|results)(\/[\w-][\w.-]*)+$/);

const stageSchema = z.strictObject({
  key: digest,
  /** Digests of what the key is made of, so that a build can say what changed. */
  parts: z.record(z.string(), digest),
  outputs: z.record(output, digest),
});

const manifestSchema = z.strictObject({
  stages: z.record(z.string(), stageSchema),
  /** Stages that a build has yet to reach: beside what it has done, their outputs may be out of date. */
  unfinished: z.array(z.string()).default([]),
});

/** The stages' records by name, and what is left to do. */
export type Manifest = z.infer<typeof manifestSchema>;

/** Where the manifest lies, relative to the root. */
export const MANIFEST = 'results/manifest.json';

/** The manifest of a root; an empty one if there is none or if it is damaged, for then nothing can be relied on. */
export async function readManifest(root: string): Promise<Manifest> {
  const text = await readIfThere(join(root, MANIFEST));
  try {
    return manifestSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return { stages: {}, unfinished: [] };
  }
}

/** Writes the manifest in the order of the names given, through a temporary file in a folder. */
export async function writeManifest(
  root: string,
  folder: string,
  { stages, unfinished }: Manifest,
  order: readonly string[],
): Promise<void> {
  const ordered = order.flatMap((name) => (stages[name] ? [[name, stages[name]] as const] : []));
  const left = order.filter((name) => unfinished.includes(name));
  const manifest = { stages: Object.fromEntries(ordered), ...(left.length > 0 ? { unfinished: left } : {}) };
  await writeAtomically(join(root, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, folder);
}

/**
 * Checks that the results of a root are all of one piece: every file is the one that the manifest names, the manifest
 * names every file, and the last build reached all stages.
 *
 * @throws if there is no manifest, a build did not reach all stages, or a file is missing, half-written, from another
 *   build or from none: its name and what to do
 */
export async function checkResults(root: string): Promise<void> {
  const { stages, unfinished } = await readManifest(root);
  const records = Object.values(stages);
  if (records.length === 0) {
    throw new Error(`${join(root, MANIFEST)}: nothing was computed yet; run \`npm run compute\``);
  }
  if (unfinished.length > 0) {
    throw new Error(
      `${join(root, MANIFEST)}: ${unfinished.join(', ')} may be out of date, for the last build did not get there; ` +
        'run `npm run compute`, which goes on from where it ended',
    );
  }
  const recorded = new Map(records.flatMap(({ outputs }) => Object.entries(outputs)));
  for (const [path, expected] of recorded) {
    const found = await sha256OfFile(join(root, path));
    if (found === expected) continue;
    const what = found === undefined ? 'missing' : `SHA-256 ${found}, expected ${expected}`;
    throw new Error(`${join(root, path)}: ${what}; run \`npm run compute\`, which computes it again`);
  }
  for (const folder of ['models', 'results']) {
    const paths = (await filesUnder(join(root, folder))).map((path) => `${folder}/${path}`);
    const unknown = paths.find((path) => path !== MANIFEST && !recorded.has(path));
    if (unknown === undefined) continue;
    throw new Error(
      `${join(root, unknown)} is in no record of the build; run \`npm run compute\`, and remove what is still unknown then`,
    );
  }
}

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
