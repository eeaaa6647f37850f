// One build at a time in a root. The lock is the operating system's own on an open file: it ends with the process,
// however that ends, and asks no clock. SQLite takes it, being what Node has that does.
import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { withFile } from './fileError.ts';
import { makeFolder } from './publish.ts';

// SQLite's code for a lock that another holds.
const SQLITE_BUSY = 5;
const POLL_MILLISECONDS = 150;

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

/**
 * Takes the lock of a work folder, waiting for whoever holds it.
 *
 * @param onWait called once, with who holds it, if it has to wait
 * @returns a function that lets go
 * @throws if the folder cannot be written, or the signal's reason if it is aborted while waiting
 */
export async function acquireBuildLock(
  work: string,
  { signal, onWait }: { signal?: AbortSignal; onWait?: (holder: string) => void } = {},
): Promise<() => void> {
  await withFile(work, () => makeFolder(work));
  const holderFile = join(work, 'lock-holder.txt');
  let waited = false;
  for (;;) {
    signal?.throwIfAborted();
    const database = tryLock(join(work, 'lock'));
    if (database) {
      const release = (): void => database.close();
      try {
        const text = `process ${process.pid} on ${hostname()}`;
        await withFile(holderFile, () => writeFile(holderFile, text));
      } catch (error) {
        release();
        throw error;
      }
      return release;
    }
    if (!waited) onWait?.(await readFile(holderFile, 'utf8').catch(() => 'another process'));
    waited = true;
    await setTimeout(POLL_MILLISECONDS, undefined, signal ? { signal } : {}).catch(() =>
      signal?.throwIfAborted(),
    );
  }
}

function tryLock(path: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = openDatabase(path);
    database.exec('BEGIN EXCLUSIVE');
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
