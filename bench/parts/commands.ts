// The commands as a reader runs them, in folders of their own: nothing that a build left is touched.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileKernels } from '../../src/compute/backend/wasm/compileKernels.ts';
import { project } from '../../src/compute/build/stageKey.ts';
import { timed, timesOf } from '../measure.ts';
import { printTimes, type Rows, type Workbench } from '../workbench.ts';

/** Times the compiler of the kernels, all of `npm run compute` with nothing there, and `astro build`. */
export async function commands({ options }: Workbench): Promise<Rows> {
  const runs = options.quick ? 1 : Math.min(options.runs, 3);
  const preset = options.quick ? ['--preset', 'small'] : [];
  const choices = ['--workers', `${options.workers}`, '--backend', options.backend];
  const work: Record<string, (folder: string) => unknown> = {
    'kernels, from source': (folder) => compileKernels(folder),
    [`npm run compute${options.quick ? ' (small)' : ''}, cold`]: (folder) =>
      node('src/compute/build/commands/compute.ts', ...preset, ...choices, '--root', join(folder, 'public')),
    'astro build': (folder) => node('tools/astro.ts', 'build', '--outDir', folder),
  };
  const rows: Rows = {};
  for (const [name, one] of Object.entries(work)) {
    const seconds: number[] = [];
    for (let run = 0; run < runs; run++) {
      const folder = await mkdtemp(join(tmpdir(), 'bench-'));
      seconds.push((await timed(() => one(folder))).seconds);
      await rm(folder, { recursive: true });
    }
    const times = timesOf(seconds);
    rows[name] = times;
    printTimes(name, times);
  }
  return rows;
}

async function node(script: string, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${script} ended with exit code ${code}:\n${said}`);
}
