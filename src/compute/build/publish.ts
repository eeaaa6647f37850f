// Files come into the root whole or not at all: written elsewhere on the same disk, synced, renamed.
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withFile } from './fileError.ts';
import { makeFolder } from './makeFolder.ts';

/** Waits until a file's bytes, or a folder's entries, are on the disk. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

// Some systems cannot sync a folder; there a rename is as safe as the system makes it.
async function syncFolder(path: string): Promise<void> {
  if (process.platform !== 'win32') await sync(path);
}

/** Moves a complete file to its place, replacing what is there. */
export async function publish(from: string, to: string): Promise<void> {
  await withFile(to, async () => {
    await sync(from);
    await makeFolder(dirname(to));
    await rename(from, to);
    await syncFolder(dirname(to));
  });
}

/** Writes text to a file through a temporary one in `folder`, on the same disk. */
export async function writeAtomically(path: string, text: string, folder: string): Promise<void> {
  const temporary = join(folder, `${process.pid}.tmp`);
  await withFile(temporary, async () => {
    await makeFolder(folder);
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
  });
  await publish(temporary, path);
}

/** Removes a folder with all in it, if it is there. */
export async function removeFolder(path: string): Promise<void> {
  await withFile(path, () => rm(path, { recursive: true, force: true }));
}
