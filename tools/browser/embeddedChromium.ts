// The Chromium that comes from npm on Linux x64, unpacked once per version into node_modules/.cache.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium, { inflate } from '@sparticuz/chromium';
import type { LaunchOptions } from 'playwright-core';

const cache = fileURLToPath(new URL('../../node_modules/.cache/chromium/', import.meta.url));

/**
 * The package's own flags are made for serverless functions: one process, no web security. The report is tested in a
 * browser built like its readers', so those go, and so does what Playwright sets itself.
 */
const unwanted =
  /^--(headless|single-process|no-zygote|in-process-gpu|disable-web-security|allow-running-insecure-content|disable-print-preview|disk-cache-size)/;

/** Launch options of the embedded Chromium: executable, flags (software WebGL 2 among them) and environment. */
export async function embeddedChromium(): Promise<LaunchOptions> {
  const folder = await unpacked();
  const executablePath = join(folder, 'chromium');
  const env = { ...process.env, FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  return {
    executablePath,
    args: chromium.args.filter((flag) => !unwanted.test(flag)),
    env: lacksLibraries(executablePath) ? withLibraries(env, join(folder, 'al2023', 'lib')) : env,
  };
}

/** Unpacks beside the final place and renames, so that a kill or a second run at once leaves nothing half done. */
async function unpacked(): Promise<string> {
  const archives = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'bin');
  const manifest = await readFile(join(archives, '..', 'package.json'), 'utf8');
  const folder = join(cache, (JSON.parse(manifest) as { version: string }).version);
  if (existsSync(folder)) return folder;

  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(join(cache, 'partial-'));
  await inflateInto(partial, archives);
  await writeFile(join(partial, 'fonts.conf'), fontConfiguration(join(folder, 'fonts')));
  try {
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** The package unpacks into the system's temporary folder, which TMPDIR names. */
async function inflateInto(folder: string, archives: string): Promise<void> {
  const previous = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const names = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
    await Promise.all(names.map((name) => inflate(join(archives, name))));
  } finally {
    if (previous === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = previous;
  }
}

/** The same fallback fonts on every machine: the package's own, whatever the system has. */
function fontConfiguration(fonts: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${fonts}</dir><cachedir>${join(dirname(fonts), basename(fonts) + '-cache')}</cachedir></fontconfig>
`;
}

/** Whether the system has no NSS, which the executable links to. The package brings a copy. */
function lacksLibraries(executablePath: string): boolean {
  const { stdout, status } = spawnSync('ldd', [executablePath], { encoding: 'utf8' });
  return status !== 0 || stdout.includes('not found');
}

function withLibraries(env: NodeJS.ProcessEnv, libraries: string): NodeJS.ProcessEnv {
  const paths = [libraries, env.LD_LIBRARY_PATH].filter((path) => path !== undefined && path !== '');
  return { ...env, LD_LIBRARY_PATH: paths.join(':') };
}
