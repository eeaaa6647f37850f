// The commands as a reader runs them, in folders of their own: nothing that a build left is touched.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileKernels } from '../../src/compute/backend/wasm/compileKernels.ts';
import { project } from '../../src/compute/build/sources.ts';
import { compare, timed } from '../measure.ts';
import type { Rows } from '../runParts.ts';
import type { Workbench } from '../workbench.ts';

/** Times the compiler of the kernels, all of `npm run compute` with nothing there, and `astro build`. */
export function commands({ options: { runs, workers, backend } }: Workbench): Promise<Rows> {
  const compute = ['--workers', `${workers}`, '--backend', backend];
  const work: Record<string, (folder: string) => unknown> = {
    'kernels, from source': (folder) => compileKernels(folder),
    'npm run compute, cold': (folder) =>
      node('src/compute/build/commands/compute.ts', ...compute, '--root', join(folder, 'public')),
    'astro build': (folder) => node('tools/astro.ts', 'build', '--outDir', folder),
  };
  return compare(
    Object.keys(work),
    {
      name: (name) => name,
      async run(name) {
        const folder = await mkdtemp(join(tmpdir(), 'bench-'));
        try {
          return await timed(() => work[name]!(folder));
        } finally {
          await rm(folder, { recursive: true });
        }
      },
    },
    { runs: Math.min(runs, 3), warmUp: 0 },
  );
}

/** Runs a script of the project. Throws if it fails, with what it complained of. */
function node(script: string, ...args: string[]): void {
  execFileSync(process.execPath, [script, ...args], { cwd: project, stdio: ['ignore', 'ignore', 'pipe'] });
}
