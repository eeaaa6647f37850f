import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { sha256OfFile } from '../sha256.ts';
import { withFile } from './fileError.ts';

/** Files under a folder, links and the like included, by path with forward slashes, in order; none if there is no folder. */
export async function filesUnder(folder: string): Promise<string[]> {
  const entries = await withFile(folder, () =>
    readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }),
  );
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}

/** SHA-256 of every file under a folder, by path in order. */
export async function digestsUnder(folder: string): Promise<Record<string, string>> {
  const digests = (await filesUnder(folder)).map(
    async (path) => [path, (await sha256OfFile(join(folder, path))) ?? ''] as const,
  );
  return Object.fromEntries(await Promise.all(digests));
}
