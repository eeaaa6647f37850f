import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folder of an installed package as this project sees it; undefined if it is not installed. */
export function findPackage(name: string, from = import.meta.dirname): string | undefined {
  const folder = join(from, 'node_modules', name);
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(from);
  return parent === from ? undefined : findPackage(name, parent);
}
