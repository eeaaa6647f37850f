// The record of what was computed from what: for each stage its key, what went into the key, and its outputs' digests.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { withFile } from './fileError.ts';
import { writeAtomically } from './publish.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const stageSchema = z.strictObject({
  key: digest,
  /** Digests of what the key is made of, so that a build can say what changed. */
  parts: z.record(z.string(), digest),
  outputs: z.record(z.string(), digest),
});

const manifestSchema = z.strictObject({ stages: z.record(z.string(), stageSchema) });

/** The stages' records by name. */
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
    if ((cause?.code ?? code) === 'ENOENT') return { stages: {} };
    throw error;
  }
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return { stages: {} };
  }
}

/** Writes the manifest in the order of the names given, through a temporary file in `work`. */
export async function writeManifest(
  root: string,
  work: string,
  { stages }: Manifest,
  order: readonly string[],
): Promise<void> {
  const ordered = order.flatMap((name) => (stages[name] ? [[name, stages[name]] as const] : []));
  const text = `${JSON.stringify({ stages: Object.fromEntries(ordered) }, null, 2)}\n`;
  await writeAtomically(join(root, MANIFEST), text, work);
}
