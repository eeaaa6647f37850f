import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { sha256OfFile } from './sha256.ts';

/** SHA-256 of every file under a folder, by path in order; empty if there is no folder. */
export async function digestsUnder(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const digests = paths.map(
    async (path) => [relative(folder, path).replaceAll(sep, '/'), (await sha256OfFile(path)) ?? ''] as const,
  );
  return Object.fromEntries((await Promise.all(digests)).sort(([a], [b]) => (a < b ? -1 : 1)));
}
