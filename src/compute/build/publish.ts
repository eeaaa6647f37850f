// Files come into the root whole or not at all: written elsewhere on the same disk, synced, renamed.
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { withFile } from './fileError.ts';

/**
 * Makes a folder and those above it that are missing. Node's own recursive form calls a read-only file system a missing
 * folder (ENOENT); here the system's own error comes through.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeOne(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await makeOne(path);
  }
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const there = (error as NodeJS.ErrnoException).code === 'EEXIST' && (await stat(path)).isDirectory();
    if (!there) throw error;
  }
}

/** Removes a folder with all in it, if it is there. */
export async function removeFolder(path: string): Promise<void> {
  await withFile(path, () => rm(path, { recursive: true, force: true }));
}

/** Waits until a file's bytes, or a folder's entries, are on the disk. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Moves a complete file to its place, replacing what is there. */
export async function publish(from: string, to: string): Promise<void> {
  await withFile(to, async () => {
    await sync(from);
    await makeFolder(dirname(to));
    await rename(from, to);
    // Windows cannot sync a folder; there a rename is as safe as the system makes it.
    if (process.platform !== 'win32') await sync(dirname(to));
  });
}

/** Writes text to a file through one of the same name in `folder`, on the same disk. */
export async function writeAtomically(path: string, text: string, folder: string): Promise<void> {
  const temporary = join(folder, basename(path));
  await withFile(temporary, async () => {
    await makeFolder(folder);
    await writeFile(temporary, text);
  });
  await publish(temporary, path);
}
