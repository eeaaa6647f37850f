// One build at a time in a root. The lock is the operating system's own on an open file: it ends with the process,
// however that ends, and asks no clock. SQLite takes it, being what Node has that does.
import { readFile, realpath, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { makeFolder, withFile } from './files.ts';

// SQLite's code for a lock that another holds.
const SQLITE_BUSY = 5;
const POLL_MILLISECONDS = 150;

/** The path with symbolic links resolved, as far as it exists. */
export async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const absolute = resolve(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(absolute) === absolute) throw error;
    return join(await realPath(dirname(absolute)), basename(absolute));
  }
}

/**
 * The folder beside a root for its lock and for unfinished files, on the same disk. It is the same whatever the name by
 * which the root is reached.
 */
export async function workFolder(root: string): Promise<string> {
  const real = await realPath(root);
  return join(dirname(real), '.compute', basename(real));
}

/**
 * Takes the lock of a work folder, waiting for whoever holds it.
 *
 * @param onWait called once, with who holds it, if it has to wait
 * @returns a function that lets go
 * @throws if the folder cannot be written, or the signal's reason if it is aborted while waiting
 */
export async function acquireBuildLock(
  work: string,
  { signal, onWait }: { signal?: AbortSignal | undefined; onWait?: (holder: string) => void } = {},
): Promise<() => void> {
  await withFile(work, () => makeFolder(work));
  const holderFile = join(work, 'lock-holder.txt');
  for (let waited = false; ; waited = true) {
    signal?.throwIfAborted();
    const database = tryLock(join(work, 'lock'));
    if (database) {
      try {
        await withFile(holderFile, () => writeFile(holderFile, `process ${process.pid} on ${hostname()}`));
      } catch (error) {
        database.close();
        throw error;
      }
      return () => database.close();
    }
    if (!waited) onWait?.(await readFile(holderFile, 'utf8').catch(() => 'another process'));
    // An abort ends the wait; the loop throws its reason.
    await setTimeout(POLL_MILLISECONDS, undefined, { signal }).catch(() => undefined);
  }
}

function tryLock(path: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = openDatabase(path);
    // Without something to write, SQLite would be content with a file that may not be written, and lock nothing.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE; PRAGMA user_version = 1');
    return database;
  } catch (error) {
    database?.close();
    const { errcode, message } = error as Error & { errcode?: number };
    if (errcode === SQLITE_BUSY) return undefined;
    throw new Error(`${path}: cannot be locked (${message}); make its folder writable, or remove the file`, {
      cause: error,
    });
  }
}

// Node calls SQLite experimental once in every process. All that is used of it here is a lock.
function openDatabase(path: string): DatabaseSync {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    const sqlite = process.getBuiltinModule('node:sqlite');
    return new sqlite.DatabaseSync(path);
  } finally {
    process.emitWarning = emitWarning;
  }
}
