// Files of a build. They come into the root whole or not at all: written elsewhere on the same disk, synced, renamed. Errors of
// the file system say which file, what is wrong, what to do.
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { sha256OfFile } from '../sha256.ts';

const causes: Record<string, string> = {
  ENOSPC: 'the disk is full; free some space and run the command again',
  EDQUOT: 'the disk quota is used up; free some space and run the command again',
  EFBIG: 'the file may not grow that large; raise the limit (ulimit -f) and run the command again',
  EROFS: 'the file system is read-only; work in a copy on a writable disk',
  EACCES: 'permission denied; make it writable for this user',
  EPERM: 'not permitted; make it writable for this user',
  ENOTDIR: 'a file stands where a folder is needed; move it away',
  EEXIST: 'a file stands where a folder is needed; move it away',
  EISDIR: 'a folder stands where a file is needed; move it away',
  ENOTEMPTY: 'a folder stands where a file is needed; move it away',
  ENAMETOOLONG: 'the path is too long; move the project nearer to the root of the disk',
  EMFILE: 'too many open files; raise the limit (ulimit -n)',
  EBUSY: 'it is in use, or a disk of its own; free it and run the command again',
  EXDEV: 'it lies on another disk than its work folder; both must be on one',
};

/**
 * Runs the work; if the file system refuses it, says which file, what is wrong and what to do.
 *
 * @param path the file or folder in hand, for errors that do not name one
 */
export async function withFile<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, path: named, dest } = error as NodeJS.ErrnoException & { dest?: string };
    const cause = code === undefined || !(error instanceof Error) ? undefined : causes[code];
    if (cause === undefined) throw error;
    const file = (code === 'EBUSY' ? named : (dest ?? named)) ?? path;
    throw Object.assign(new Error(`${file}: ${cause} (${code})`, { cause: error }), { code });
  }
}

/** A file's text; undefined if there is no such file. */
export async function readIfThere(path: string): Promise<string | undefined> {
  return withFile(path, () => readFile(path, 'utf8').catch(unlessMissing));
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/** Files under a folder, links and the like included, by path with forward slashes, in order; none if there is no folder. */
export async function filesUnder(folder: string): Promise<string[]> {
  const entries = await withFile(folder, () =>
    readdir(folder, { recursive: true, withFileTypes: true }).catch(unlessMissing),
  );
  return (entries ?? [])
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
