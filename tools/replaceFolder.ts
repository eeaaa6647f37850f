// A folder is published whole or not at all: made beside its place by one build at a time, then moved there. Only what
// a build of ours wrote is ever replaced.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { acquireBuildLock, realPath, workFolder } from '../src/compute/build/buildLock.ts';
import { filesUnder, makeFolder, withFile } from '../src/compute/build/files.ts';

/** The file by which a build knows a folder that it may replace: it names all that the build wrote there. */
export const BUILD_MARK = '.written-by-build';

/**
 * Puts what `make` writes in the place of a folder, once it is complete; until then the folder is as it was.
 *
 * @param make writes into the folder it is given; what it throws leaves the target untouched
 * @param onWait called once, with who is at it, if another build has to end first
 * @throws if the folder holds a file that no build wrote; what `make` throws; or an error that names the file and what to do
 */
export async function replaceFolder(
  target: string,
  make: (folder: string) => void | Promise<void>,
  onWait: (holder: string) => void = () => undefined,
): Promise<void> {
  await checkReplaceable(target);
  const work = await workFolder(target);
  const release = await acquireBuildLock(work, { onWait });
  const [made, old] = [join(work, 'new'), join(work, 'old')];
  const tidy = (): void => {
    // A build that was killed between the two renames left nothing in the place.
    if (!existsSync(target) && existsSync(old)) renameSync(old, target);
    for (const folder of [made, old]) rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', tidy);
  try {
    await withFile(target, tidy);
    await withFile(made, () => makeFolder(made));
    await make(made);
    await writeFile(join(made, BUILD_MARK), `${(await filesUnder(made)).join('\n')}\n`);
    // Somebody may have put a file there while the build ran.
    await checkReplaceable(target);
    await withFile(target, () => {
      // In one go: no signal handler can end the process in between.
      if (existsSync(target)) renameSync(target, old);
      renameSync(made, target);
    });
  } finally {
    tidy();
    process.off('exit', tidy);
    release();
  }
}

/**
 * The folder that a path names, if a build may have it for itself: outside the project or directly in it.
 *
 * @param path absolute, or relative to the project
 * @throws if the folder is the project, lies above it or among its sources
 */
export async function outFolder(path: string, project: string, option = '--outDir'): Promise<string> {
  const folder = await realPath(resolve(project, path));
  const root = await realpath(project);
  const among =
    contains(root, folder) && dirname(folder) !== root && !contains(join(root, '.compute'), folder);
  if (path === '' || contains(folder, root) || among) {
    throw new Error(
      `invalid ${option}: '${path}', expected a folder outside the project or directly in it, such as dist`,
    );
  }
  return folder;
}

/** Whether a path is the folder or lies in it. */
function contains(folder: string, path: string): boolean {
  const [first] = relative(folder, path).split(sep);
  return first !== '..' && !isAbsolute(relative(folder, path));
}

async function checkReplaceable(folder: string): Promise<void> {
  const mark = await readFile(join(folder, BUILD_MARK), 'utf8').catch(() => '');
  const ours = new Set([BUILD_MARK, ...mark.split('\n')]);
  const foreign = (await filesUnder(folder)).find((file) => !ours.has(file));
  if (foreign !== undefined) {
    throw new Error(
      `${folder} holds a file that no build wrote: ${foreign}; move it away, or name another folder with --outDir`,
    );
  }
}
