// What a stage's result depends on, and the digest of it all.
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { z } from 'zod';
import { findPackage, type BackendIdentity } from '../backend/backends.ts';
import { mnistDigests } from '../data/mnist.ts';
import type { Stage } from '../experiments/stage.ts';
import type { Options } from '../options.ts';
import type { Provenance } from '../results/schemas.ts';
import { schemaOf } from '../results/readResult.ts';
import { canonicalJson, sha256, sha256OfText } from '../sha256.ts';
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

export type StageKey = Awaited<ReturnType<typeof stageKey>>;

/** Code of modules, each looked at once. */
export function createCodeReader(): (entry: string) => ReturnType<typeof codeOf> {
  const known = new Map<string, ReturnType<typeof codeOf>>();
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
    outputs: stage.outputs.map((path) => {
      const schema = schemaOf(path);
      return [path, schema ? z.toJSONSchema(schema) : null];
    }),
  };
  const parts = Object.fromEntries(
    Object.entries(everything).map(([part, value]) => [part, sha256(canonicalJson(value ?? null))]),
  );
  const listed = Object.keys(provenance.source).map((path) => join(project, path));
  const files = [...[code, ...shared].flatMap((one) => one.files), ...listed, ...backendFiles];
  return { key: sha256(canonicalJson([stage.name, parts])), parts, provenance, files };
}

// The code of a stage is the text that is left of a module and of all that it imports when comments, whitespace and what is never
// used are taken away. Packages are not part of it; their versions are.

/**
 * Code of a module: SHA-256 over its minified bundle, which does not depend on where the project lies; the versions of the
 * packages that it uses; and the modules it is made of.
 *
 * @param entry absolute path of the module
 * @throws if the module or one that it imports does not exist or has a syntax error, with esbuild's message
 */
export async function codeOf(entry: string) {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    absWorkingDir: dirname(entry),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node22',
    minify: true,
    treeShaking: true,
    legalComments: 'none',
    write: false,
    metafile: true,
    logLevel: 'silent',
    // The project's own compiler options are about checking: none of them changes the text that runs.
    tsconfigRaw: {},
  });
  const [bundle] = outputFiles;
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const names = new Set(imports.flatMap(({ path, external }) => (external ? packageName(path) : [])));
  const versions = await Promise.all(
    [...names].sort().map(async (name) => [name, await versionOf(name, dirname(entry))] as const),
  );
  return {
    sha256: sha256(bundle!.contents),
    packages: Object.fromEntries(versions),
    files: Object.keys(metafile.inputs).map((path) => join(dirname(entry), path)),
  };
}

function packageName(specifier: string): string[] {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return [];
  const [scope, name] = specifier.split('/');
  return [specifier.startsWith('@') ? `${scope}/${name}` : scope!];
}

/** Version of an installed package as a module in the folder sees it; 'none' if it is not installed. */
async function versionOf(name: string, folder: string): Promise<string> {
  const found = findPackage(name, folder);
  if (found === undefined) return 'none';
  return (JSON.parse(await readFile(join(found, 'package.json'), 'utf8')) as { version: string }).version;
}
