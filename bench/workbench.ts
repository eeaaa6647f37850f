// What every part of the bench works with: the report's sweep and some steps of its training, as its stages run them, with
// the bench's choices.
import { join } from 'node:path';
import { chooseBackend, type BackendChoice } from '../src/compute/backend/chooseBackend.ts';
import { compileKernels } from '../src/compute/backend/wasm/compileKernels.ts';
import { project } from '../src/compute/build/sources.ts';
import { createInlinePool, createThreadPool, type WorkerPool } from '../src/compute/build/workerPool.ts';
import { sweepImages, type IndexedDigits } from '../src/compute/experiments/digits.ts';
import { readNetwork } from '../src/compute/experiments/stage.ts';
import { epsilonGrid, runSweep } from '../src/compute/experiments/sweep.ts';
import { train as stage } from '../src/compute/experiments/train.ts';
import { reportOptions } from '../src/compute/options.ts';
import { modelPaths } from '../src/compute/results/files.ts';
import { countEqual } from '../src/compute/statistics.ts';
import { timed, type Run, type Runs } from './measure.ts';

/** Choices of a run. */
export interface BenchOptions extends Runs {
  workers: number;
  backend: BackendChoice;
  /** A Python that has the peers. */
  python?: string | undefined;
}

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

/** The report's ε grid. */
export const grid = epsilonGrid(reportOptions.sweep);

/** What a sweep of the bench may choose. */
export interface SweepChoice {
  steps: number;
  /** Whether all ε share their first gradient; the peers take it anew for each. */
  shared?: boolean;
  size?: number;
  epsilons?: readonly number[];
  images?: IndexedDigits;
}

/** Runs a sweep; returns the predicted classes, a string of digits for each ε. */
export async function sweep(
  { pool, network, ...bench }: Workbench,
  { steps, shared = true, size = bench.options.workers, epsilons = grid, images = bench.images }: SweepChoice,
): Promise<string[]> {
  const context = { run: pool(size).run, progress: { start: () => undefined, tick: () => undefined } };
  // ε = 0 takes no gradient: it goes along with the first one that does.
  const groups = shared
    ? [epsilons]
    : [epsilons.slice(0, 2), ...epsilons.slice(2).map((epsilon) => [epsilon])];
  const parts = await Promise.all(
    groups.map((group) => runSweep(context, network, images, { epsilons: group, steps })),
  );
  return parts.flatMap(({ predicted }) => predicted);
}

/** Does both sweeps; returns FGSM's accuracies, then the iterative ones. */
export function bothSweeps(bench: Workbench, { shared = true } = {}): Promise<Run & { value: number[] }> {
  const { labels } = bench.images.digits;
  return timed(async () => {
    // Nobody's FGSM but Foolbox's takes more than one gradient.
    const predicted = [
      ...(await sweep(bench, { steps: 1 })),
      ...(await sweep(bench, { steps: reportOptions.sweep.steps, shared })),
    ];
    return predicted.map((row) => countEqual([...row].map(Number), labels) / labels.length);
  });
}

/** Steps of a training of the bench. */
export const TRAINING_STEPS = 200;

/** Trains for some steps; what is timed lies between the ends of the first and the last, and is scaled to all of them. */
export async function train({ run }: WorkerPool): Promise<Run & { weights: Uint8Array }> {
  const images = TRAINING_STEPS * reportOptions.training.batchSize;
  const training = { ...reportOptions.training, images, validationImages: 250, epochs: 1 };
  const ends: number[] = [];
  const { value: files, ...all } = await timed(() =>
    stage.compute({
      options: { ...reportOptions, training },
      run,
      input: (path) => path,
      progress: { start: () => undefined, tick: () => ends.push(performance.now()) },
    }),
  );
  const seconds = (ends.at(-1)! - ends[0]!) / 1000;
  const weights = files[modelPaths.weights] as Uint8Array;
  return { ...all, seconds: (seconds * TRAINING_STEPS) / (TRAINING_STEPS - 1), weights };
}
