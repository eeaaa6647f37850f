// The Python that runs problem1.py: a virtual environment of its own, with the packages of the bundle's requirements.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../src/compute/build/run.ts';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const environment = fileURLToPath(new URL('../.venv-handin', import.meta.url));

/**
 * The environment's Python, made and its packages installed if it is not there or the requirements have changed.
 *
 * @param say is told what is being done, if it takes long
 * @throws with what to install, if there is no Python or a package cannot be had; the signal's reason if it is aborted
 */
export async function preparePython({
  say = () => undefined,
  folder = environment,
  signal,
}: { say?: (text: string) => void; folder?: string; signal?: AbortSignal } = {}): Promise<string> {
  const windows = process.platform === 'win32';
  const python = windows ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  const stamp = join(folder, 'installed.txt');
  const wanted = await readFile(requirements, 'utf8');
  const installed = await readFile(stamp, 'utf8').catch(() => '');
  const quietly = { signal, shown: false };
  if (installed === wanted && (await run(python, ['--version'], quietly))) return python;

  const isRecent = ['-c', 'import sys, venv; sys.exit(sys.version_info < (3, 10))'];
  const names = ['python3', 'python', 'py'];
  const recent = await Promise.all(names.map((name) => run(name, isRecent, quietly)));
  const system = names[recent.indexOf(true)];
  if (system === undefined) {
    throw new Error(
      'no Python 3.10 or later with its module venv: install it (python.org; on Debian python3-venv)',
    );
  }
  say(`Making a virtual environment in ${folder} with JAX, numpy and matplotlib, from PyPI, some 700 MB.`);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  const made = await run(system, ['-m', 'venv', folder], { signal });
  if (!made || !(await run(python, install, { signal }))) {
    throw new Error(
      'the packages of handin/requirements.txt could not be installed: see above; PyPI must be reachable',
    );
  }
  await writeFile(stamp, wanted);
  return python;
}

/**
 * Runs problem1.py section by section in a copy of the bundle.
 *
 * @param bundle what stands beside the script, by name
 * @returns its pictures and the notebook, by name
 * @throws if it fails, or its numbers are not the report's; the signal's reason if it is aborted
 */
export async function answerInPython(
  command: string,
  bundle: Readonly<Record<string, Uint8Array>>,
  signal?: AbortSignal,
): Promise<Record<string, Uint8Array>> {
  const copy = await mkdtemp(join(tmpdir(), 'handin-'));
  try {
    for (const [name, content] of Object.entries(bundle)) await writeFile(join(copy, name), content);
    const notebook = fileURLToPath(new URL('notebook.py', import.meta.url));
    if (!(await run(command, [notebook, join(copy, 'problem1.py')], { signal }))) {
      throw new Error('problem1.py failed, or its numbers are not those of the report: see above');
    }
    const pictures = [1, 2, 3, 4].map((question) => `question-${question}.png`);
    const made = [...pictures.map((name) => join('output', name)), 'problem1.ipynb'];
    return Object.fromEntries(
      await Promise.all(
        made.map(async (path) => [basename(path), await readFile(join(copy, path))] as const),
      ),
    );
  } finally {
    await rm(copy, { recursive: true });
  }
}
