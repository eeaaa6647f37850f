// A folder is published whole or not at all: made beside its place by one build at a time, then moved there.
import { rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { acquireBuildLock } from '../src/compute/pipeline/buildLock.ts';
import { withFile } from '../src/compute/pipeline/fileError.ts';
import { makeFolder } from '../src/compute/pipeline/makeFolder.ts';
import { removeFolder } from '../src/compute/pipeline/publish.ts';

/**
 * Puts what `make` writes in the place of a folder, once it is complete; until then the folder is as it was.
 *
 * @param make writes into the folder it is given; what it throws leaves the target untouched
 * @param onWait called once, with who is at it, if another build has to end first
 * @throws what `make` throws, or an error that names the file and the way out
 */
export async function replaceFolder(
  target: string,
  make: (folder: string) => void | Promise<void>,
  onWait: (holder: string) => void = () => undefined,
): Promise<void> {
  const work = join(dirname(target), '.compute', basename(target));
  const release = await acquireBuildLock(work, { onWait });
  const [made, old] = [join(work, 'new'), join(work, 'old')];
  try {
    await Promise.all([made, old].map(removeFolder));
    await withFile(made, () => makeFolder(made));
    await make(made);
    await withFile(target, async () => {
      await rename(target, old).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      });
      await rename(made, target);
    });
  } finally {
    await Promise.all([made, old].map((folder) => removeFolder(folder).catch(() => undefined)));
    release();
  }
}
