// What a stage's result depends on, and the digest of it all.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { BackendIdentity } from '../backend/backends.ts';
import { mnistDigests } from '../data/mnist.ts';
import type { Stage } from '../experiments/stage.ts';
import type { Options } from '../options.ts';
import type { Provenance } from '../results/schemas.ts';
import { schemaOf } from '../results/readResult.ts';
import { canonicalJson, sha256, sha256OfText } from '../sha256.ts';
import { codeOf, type Code } from './codeOf.ts';
import { project } from './sources.ts';

/** What stages depend on besides themselves. */
export interface Surroundings {
  options: Options;
  backend: BackendIdentity;
  /** Absolute paths of modules whose code counts for every stage: what starts the backend, what writes results. */
  sharedCode: readonly string[];
  /** Absolute paths of other sources that the backend is made of; its identity tells them apart. */
  backendFiles?: readonly string[] | undefined;
}

/** What {@link stageKey} says of a stage. */
export type StageKey = Awaited<ReturnType<typeof stageKey>>;

/** Code of modules, each looked at once. */
export function createCodeReader(): (entry: string) => Promise<Code> {
  const known = new Map<string, Promise<Code>>();
  return (entry) => known.get(entry) ?? known.set(entry, codeOf(entry)).get(entry)!;
}

/**
 * Key of a stage: SHA-256 over its code, its options, the digests of its inputs, its half of MNIST and its listings, its
 * outputs with their schemas, the backend, the code shared by all stages, and the versions of the packages in use.
 *
 * @param inputs digest of each input, by its path relative to the root
 * @returns the key, the digests of its parts, the stage's provenance, and the absolute paths of all sources that it speaks of
 * @throws if a module or a listing is missing
 */
export async function stageKey(
  stage: Stage,
  { options, backend, sharedCode, backendFiles = [] }: Surroundings,
  inputs: ReadonlyMap<string, string>,
  read = createCodeReader(),
) {
  const code = await read(stage.entry);
  const shared = await Promise.all(sharedCode.map(read));
  const source = await Promise.all(
    (stage.listings ?? []).map(
      async (path) => [path, sha256OfText(await readFile(join(project, path), 'utf8'))] as const,
    ),
  );
  const provenance: Provenance = {
    stage: stage.name,
    code: code.sha256,
    options: stage.options(options),
    packages: code.packages,
    backend,
    inputs: Object.fromEntries((stage.inputs ?? []).map((path) => [path, inputs.get(path)!])),
    data: stage.data ? mnistDigests(stage.data) : {},
    source: Object.fromEntries(source),
  };
  const { stage: _, ...made } = provenance;
  const everything = {
    ...made,
    shared: shared.map((one) => [one.sha256, one.packages]),
    outputs: stage.outputs.map((path) => [path, describeSchema(path)]),
  };
  const parts = Object.fromEntries(
    Object.entries(everything).map(([part, value]) => [part, sha256(canonicalJson(value ?? null))]),
  );
  const listed = Object.keys(provenance.source).map((path) => join(project, path));
  const files = [...[code, ...shared].flatMap((one) => one.files), ...listed, ...backendFiles];
  return { key: sha256(canonicalJson([stage.name, parts])), parts, provenance, files };
}

function describeSchema(path: string): object | null {
  const schema = schemaOf(path);
  return schema ? z.toJSONSchema(schema) : null;
}
