import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resultPath } from './files.ts';
import { parseResult } from './parseResult.ts';
import { resultSchemas, type Result, type ResultName } from './schemas.ts';

const read = new Map<string, Promise<unknown>>();

/**
 * A result of the build, read once through its schema.
 *
 * @param root folder that holds `results/`
 * @throws if the file is missing or does not fit its schema, with the way out
 */
export function readResult<Name extends ResultName>(
  name: Name,
  { root = 'public' } = {},
): Promise<Result<Name>> {
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
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`${path} cannot be read; run npm run compute`, { cause: error });
  }
  return parseResult(resultSchemas[name], text, path);
}
