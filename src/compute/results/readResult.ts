import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { resultPath } from './files.ts';
import { networkSchemas } from './networkSchemas.ts';
import { isImported, resultsRoot } from './root.ts';
import { resultSchemas, type Result, type ResultName } from './schemas.ts';

/** Schema of the result at a path under the root; undefined for other files. */
export function schemaOf(path: string): z.ZodType | undefined {
  const [, name = ''] = /^results\/(.+)\.json$/.exec(path) ?? [];
  return Object.hasOwn(resultSchemas, name) ? resultSchemas[name as ResultName] : undefined;
}

const read = new Map<string, Promise<unknown>>();

/**
 * A result of the build, read once through its schema.
 *
 * @param root folder that holds `results/`
 * @throws if the file is missing, not JSON or does not fit its schema: the file, the place in it, what to do
 */
export function readResult<Name extends ResultName>(name: Name, { root = resultsRoot } = {}) {
  const path = join(root, resultPath(name));
  if (!read.has(path)) {
    const loading = load(name, path);
    // A failure is not kept: the file may be there, or mended, the next time.
    loading.catch(() => read.delete(path));
    read.set(path, loading);
  }
  return read.get(path) as Promise<Result<Name>>;
}

async function load(name: ResultName, path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`${path} cannot be read; run npm run compute`, { cause });
  });
  return parseResult(resultSchemas[name], text, path);
}

/**
 * Parses the text of a result through its schema.
 *
 * @param path the file's path, for messages
 * @throws like {@link readResult}
 */
export function parseResult<Schema extends z.ZodType>(schema: Schema, text: string, path: string) {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: not JSON, half-written perhaps; run npm run compute`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`${path} does not fit its schema; run npm run compute\n${z.prettifyError(parsed.error)}`, {
    cause: parsed.error,
  });
}

// Of the report's own recipe: an imported network has none of them.
const ofRecipe = ['training', 'defended-gallery', ...Object.keys(networkSchemas)];

/** The results that there are: a network is trained or imported. */
export function publishedResults(): ResultName[] {
  const absent = isImported() ? ofRecipe : ['imported'];
  return (Object.keys(resultSchemas) as ResultName[]).filter((name) => !absent.includes(name));
}
