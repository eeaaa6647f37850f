// What the system itself refuses: a read-only and a full file system, and a folder of another user. Nothing but a system
// can refuse so, and asking for it takes a mount, or a second user: where a process may have neither (a container without
// namespaces, macOS, Windows), there is nothing to be tested, and the test says that it is skipped and why.
import { spawnSync } from 'node:child_process';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type TestContext } from 'vitest';
import { temporaryFolder } from '../../src/compute/build/testing/temporaryFolder.ts';
import { script } from './childProcess.ts';

const pipeline = [process.execPath, script('refusedPipeline.ts')];

function run(command: string, args: readonly string[]): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return { status, stdout };
}

/** Runs shell commands where a mount is this process's own: `$1` is the folder, the rest the pipeline's command. */
function withMount(
  context: TestContext,
  folder: string,
  commands: string,
): { status: number | null; stdout: string } {
  const inNamespace = (script: string) =>
    run('unshare', ['--mount', '--map-root-user', 'sh', '-c', script, 'sh', folder, ...pipeline]);
  if (inNamespace('mount -t tmpfs tmpfs "$1"').status !== 0)
    context.skip('this system lets no process mount a tmpfs');
  return inNamespace(commands);
}

test('a read-only file system is named, with the way out', async (context) => {
  const folder = await temporaryFolder();
  const { status, stdout } = withMount(
    context,
    folder,
    'mount -t tmpfs tmpfs "$1" && mount -o remount,ro "$1" && exec "$2" "$3" "$1/root"',
  );
  expect(stdout.trim()).toBe(
    `${join(folder, 'work')}: the file system is read-only; work in a copy on a writable disk (EROFS)`,
  );
  expect(status).toBe(1);
});

test('so is a root that is read-only where its work folder is not', async (context) => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'root'));
  const { status, stdout } = withMount(
    context,
    folder,
    'mount -t tmpfs -o ro tmpfs "$1/root" && exec "$2" "$3" "$1/root"',
  );
  expect(stdout.trim()).toBe(
    `${join(folder, 'root', 'results')}: the file system is read-only; work in a copy on a writable disk (EROFS)`,
  );
  expect(status).toBe(1);
});

test('a full disk is named, leaves no half file, and the next build goes on when there is space', async (context) => {
  const folder = await temporaryFolder();
  const { stdout } = withMount(
    context,
    folder,
    [
      'mount -t tmpfs -o size=12k tmpfs "$1"',
      '"$2" "$3" "$1/root"; echo "ended with $?"; find "$1/root" -type f; echo "space again"',
      'mount -o remount,size=1m "$1" && "$2" "$3" "$1/root"; echo "ended with $?"; find "$1/root" -type f | wc -l',
    ].join(' && '),
  );
  const [before, after] = stdout.split('space again');
  expect(before).toContain(folder);
  expect(before).toMatch(
    /: the disk is full; free some space and run the command again \(ENOSPC\)\nended with 1\n.*results\/manifest\.json\n$/,
  );
  expect(after!.trim().split(/\s+/)).toEqual(['ended', 'with', '0', '5']);
});

test('a folder of another user is named, with the way out', async (context) => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'theirs'));
  await chmod(join(folder, '..'), 0o755);
  await chmod(join(folder, 'theirs'), 0o555);
  const root = join(folder, 'theirs', 'root');
  // To the superuser every folder is their own.
  const as = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
  const command = (...rest: string[]) => run([...as, ...rest][0]!, [...as, ...rest].slice(1));
  if (process.platform === 'win32' || command(process.execPath, '-e', '').status !== 0)
    context.skip('this system cannot run Node as a user with fewer rights');
  const { status, stdout } = command(...pipeline, root);
  expect(stdout.trim()).toBe(
    `${join(folder, 'theirs', 'work')}: permission denied; make it writable for this user (EACCES)`,
  );
  expect(status).toBe(1);
});
