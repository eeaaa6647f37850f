// The record of what was computed from what: for each stage its key, what went into the key, and its outputs' digests.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { withFile } from './fileError.ts';
import { writeAtomically } from './publish.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

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
  const path = join(root, MANIFEST);
  let text: string;
  try {
    text = await withFile(path, () => readFile(path, 'utf8'));
  } catch (error) {
    const { cause, code } = error as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException };
    if ((cause?.code ?? code) === 'ENOENT') return { stages: {}, unfinished: [] };
    throw error;
  }
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return { stages: {}, unfinished: [] };
  }
}

/** Writes the manifest in the order of the names given, through a temporary file in `work`. */
export async function writeManifest(
  root: string,
  work: string,
  { stages, unfinished }: Manifest,
  order: readonly string[],
): Promise<void> {
  const ordered = order.flatMap((name) => (stages[name] ? [[name, stages[name]] as const] : []));
  const left = order.filter((name) => unfinished.includes(name));
  const manifest = { stages: Object.fromEntries(ordered), ...(left.length > 0 ? { unfinished: left } : {}) };
  await writeAtomically(join(root, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, work);
}
