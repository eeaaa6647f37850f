// What a stage's result depends on, and the digest of it all.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BackendIdentity } from '../backend/backendIdentity.ts';
import type { Options } from '../options.ts';
import { codeOf, type Code } from './codeOf.ts';
import { canonicalJson, sha256, sha256OfFile } from './sha256.ts';
import type { Stage, StageProvenance } from './stage.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

/** What stages depend on besides themselves. */
export interface Surroundings {
  options: Options;
  backend: BackendIdentity;
  /** Absolute path of the module that starts the backend: its code counts for every stage. */
  backendEntry?: string | undefined;
  /** Digest of an input, by its path relative to the root. */
  inputs: (path: string) => string;
  /** Absolute path of an MNIST file. Throws if there is none of that name. */
  dataFile: (name: string) => string;
  /** URL of the folder of the tasks' files. */
  tasksFolder?: string;
}

/** Digests of the code and the data, each computed once in a build. */
export interface Digests {
  code: (entry: string) => Promise<Code>;
  data: (path: string) => Promise<string | undefined>;
}

/** Digests that remember what they have computed. */
export function createDigests(): Digests {
  const remember = <T>(compute: (path: string) => Promise<T>): ((path: string) => Promise<T>) => {
    const known = new Map<string, Promise<T>>();
    return (path) => known.get(path) ?? known.set(path, compute(path)).get(path)!;
  };
  return { code: remember(codeOf), data: remember(sha256OfFile) };
}

/** A stage's key with its provenance, and the digest of each part of the key. */
export interface StageKey {
  key: string;
  parts: Record<string, string>;
  provenance: StageProvenance;
}

/**
 * Key of a stage: SHA-256 over its code and its tasks', its options, its inputs', MNIST files' and listings' digests, the backend
 * with its code, and the versions of the packages in use.
 *
 * @throws if a module, an MNIST file or a listing is missing, with the way out
 */
export async function stageKey(stage: Stage, around: Surroundings, digests: Digests): Promise<StageKey> {
  const folder = around.tasksFolder ?? new URL('../experiments/tasks/', import.meta.url).href;
  const taskFiles = (stage.tasks ?? []).map((name) => fileURLToPath(new URL(`${name}.ts`, folder)));
  const codes = await Promise.all([stage.entry, ...taskFiles].map(digests.code));
  const backendCode = around.backendEntry ? await digests.code(around.backendEntry) : undefined;
  const hash = async (name: string, path: string, wayOut: string): Promise<[string, string]> => {
    const digest = await digests.data(path);
    if (digest === undefined) throw new Error(`${path}: missing; ${wayOut}`);
    return [name, digest];
  };
  const data = await Promise.all(
    (stage.data ?? []).map((name) =>
      hash(name, around.dataFile(name), 'install the packages again (npm ci)'),
    ),
  );
  const source = await Promise.all(
    (stage.listings ?? []).map((path) =>
      hash(path, join(PROJECT, path), `restore it, or take it off the listings of stage ${stage.name}`),
    ),
  );

  const packages = Object.assign({}, ...codes.map((code) => code.packages)) as Record<string, string>;
  const provenance: StageProvenance = {
    stage: stage.name,
    code: sha256(canonicalJson(codes.map((code) => code.sha256))),
    packages: Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1))),
    backend: around.backend,
    options: stage.options(around.options),
    inputs: Object.fromEntries((stage.inputs ?? []).map((path) => [path, around.inputs(path)])),
    data: Object.fromEntries(data),
    source: Object.fromEntries(source),
  };
  const { code, options, inputs } = provenance;
  const made = {
    code,
    options,
    inputs,
    data: provenance.data,
    source: provenance.source,
    packages: provenance.packages,
    backend: [around.backend, backendCode],
    outputs: stage.outputs,
  };
  const parts = Object.fromEntries(
    Object.entries(made).map(([part, value]) => [part, sha256(canonicalJson(value ?? null))]),
  );
  return { key: sha256(canonicalJson([stage.name, parts])), parts, provenance };
}
