// The Python that problem1.py is tested with: a virtual environment of its own, with the bundle's requirements.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, '.venv-handin');
const requirements = join(root, 'handin', 'requirements.txt');

/** Runs a command and returns what it wrote; throws with that if it fails. */
function run(command: string, options: string[], hint: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, options, { encoding: 'utf8' });
  if (error || status !== 0) {
    const reason = error?.message ?? `${stdout}\n${stderr}`.trim().split('\n').slice(-8).join('\n');
    throw new Error(`${command} ${options.join(' ')} failed; ${hint}\n${reason}`);
  }
  return stdout;
}

/**
 * The environment's Python. It is made, and its packages installed, when it is not there or the requirements have
 * changed.
 *
 * @throws with what to install, if there is no Python or a package cannot be had
 */
export async function preparePython(): Promise<string> {
  const windows = process.platform === 'win32';
  const python = windows ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  const stamp = join(folder, 'requirements.txt');
  const wanted = await readFile(requirements, 'utf8');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return python;

  await rm(folder, { recursive: true, force: true });
  run(
    windows ? 'python' : 'python3',
    ['-m', 'venv', folder],
    'install Python 3.11 or later with its venv module',
  );
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  run(python, install, `the packages of ${requirements} must be reachable`);
  await writeFile(stamp, wanted);
  return python;
}
