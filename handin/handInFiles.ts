import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { contents, HAND_IN_FOLDER } from './contents.ts';

/** A file of the bundle as a page lists it. */
export interface HandInFile {
  name: string;
  /** Address below the site's base path: `handin/problem1.py`. */
  href: string;
  /** What it is. */
  label: string;
  /** Size. */
  bytes: number;
}

/**
 * The files of the bundle that are there, in the order of their list; the printed report and the archive are among
 * them only when they have been made.
 *
 * @param root folder that holds the bundle's own
 */
export function handInFiles({ root = 'public' } = {}): HandInFile[] {
  return Object.entries(contents).flatMap(([name, label]) => {
    const path = join(root, HAND_IN_FOLDER, name);
    return existsSync(path)
      ? [{ name, href: `${HAND_IN_FOLDER}/${name}`, label, bytes: statSync(path).size }]
      : [];
  });
}
