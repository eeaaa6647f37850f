// What every part of the bench works with.
import { join } from 'node:path';
import { chooseBackend } from '../src/compute/backend/chooseBackend.ts';
import { compileKernels } from '../src/compute/backend/wasm/compileKernels.ts';
import { project } from '../src/compute/build/sources.ts';
import { createInlinePool, createThreadPool, type WorkerPool } from '../src/compute/build/workerPool.ts';
import { sweepImages } from '../src/compute/experiments/digits.ts';
import { readNetwork } from '../src/compute/experiments/readInputs.ts';
import { reportOptions } from '../src/compute/options.ts';
import type { BenchOptions } from './arguments.ts';

/** The network, the images of the sweeps, and who computes. */
export type Workbench = Awaited<ReturnType<typeof openWorkbench>>;

/** Reads network and images and starts the backend. Throws if no network was computed yet. */
export async function openWorkbench(options: BenchOptions) {
  const folder = join(project, 'public');
  const network = await readNetwork({ input: (path) => join(folder, path) }).catch((cause: unknown) => {
    throw new Error(`there is no network in ${folder}: run npm run compute first`, { cause });
  });
  const { backend } = await chooseBackend(options.backend);
  const threads = backend.name === 'wasm';
  if (threads) await compileKernels();
  const tasks = new URL('tasks.ts', import.meta.url).href;
  const pools = new Map<number, WorkerPool>();
  return {
    options,
    backend,
    /** Whether pools of several sizes can be made. */
    threads,
    network,
    images: await sweepImages(reportOptions),
    /** A pool of so many threads, made at first use and kept. */
    pool: (size: number): WorkerPool => {
      const made = pools.get(size) ?? (threads ? createThreadPool({ size, tasks }) : createInlinePool());
      pools.set(size, made);
      return made;
    },
  };
}
