// What every part of the bench works with: the network, the images, pools of workers, and a way to print.
import { join } from 'node:path';
import type { BackendIdentity } from '../src/compute/backend/backendIdentity.ts';
import { chooseBackend, prepareBackend, startBackend } from '../src/compute/backend/startBackend.ts';
import { loadMnist, type Digits } from '../src/compute/data/mnist.ts';
import type { Network } from '../src/compute/networks/layers.ts';
import { reportOptions } from '../src/compute/options.ts';
import { project } from '../src/compute/build/stageKey.ts';
import { createInlinePool, createThreadPool, type WorkerPool } from '../src/compute/build/workerPool.ts';
import { sweepImages, type IndexedDigits } from '../src/compute/experiments/digits.ts';
import { readNetwork } from '../src/compute/experiments/readInputs.ts';
import type { BenchOptions } from './arguments.ts';
import type { Times } from './measure.ts';

/** Numbers of a part by name, as they go into the file. */
export type Rows = Record<string, Times | number | boolean | string>;

/** What a part is given. */
export interface Workbench {
  options: BenchOptions;
  /** Who computes. */
  backend: BackendIdentity;
  network: Network;
  /** The 1,000 images of the sweeps. */
  images: IndexedDigits;
  /** All 10,000 test images. */
  test: Digits;
  /** A pool of so many threads, made at first use and kept. */
  pool: (size: number) => WorkerPool;
  /** Whether pools of several sizes can be made. */
  threads: boolean;
  close: () => Promise<void>;
}

const href = new URL('./tasks.ts', import.meta.url).href;

/** Reads network and images and starts the backend. Throws if no network was computed yet. */
export async function openWorkbench(options: BenchOptions): Promise<Workbench> {
  const folder = join(project, 'public');
  const network = await readNetwork({ input: (path) => join(folder, path) }).catch((cause: unknown) => {
    throw new Error(`there is no network in ${folder}: run npm run compute first`, { cause });
  });
  const { backend } = await chooseBackend(options.backend);
  const threads = backend.name === 'wasm';
  await prepareBackend(backend.name);
  if (!threads) await startBackend(backend.name);
  const pools = new Map<number, WorkerPool>();
  return {
    options,
    backend,
    threads,
    network,
    images: await sweepImages(reportOptions),
    test: await loadMnist('test'),
    pool(size) {
      const made =
        pools.get(size) ??
        (threads ? createThreadPool({ size, backend: 'wasm', tasks: href }) : createInlinePool());
      pools.set(size, made);
      return made;
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}

/** Prints a line: what, how long, and what that means. */
export function printTimes(what: string, { median, min, max, runs }: Times, meaning = ''): void {
  const spread = runs.length > 1 ? `(${min.toFixed(2)} to ${max.toFixed(2)})` : '';
  console.log(`  ${what.padEnd(44)} ${median.toFixed(2).padStart(8)} s ${spread.padEnd(18)} ${meaning}`);
}
