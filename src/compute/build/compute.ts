// The whole computation: which stages, in which folder, on which backend, compared with which lock.
import { join, resolve } from 'node:path';
import type { BackendIdentity } from '../backend/backends.ts';
import { gpuHint } from '../backend/gpuRequirements.ts';
import { chooseBackend, type BackendChoice } from '../backend/chooseBackend.ts';
import { compileKernels, kernelFiles } from '../backend/wasm/compileKernels.ts';
import { importNetwork, type NetworkFiles } from '../experiments/importNetwork.ts';
import { attackStages, stages as reportStages } from '../experiments/index.ts';
import { reportOptions, smallOptions, type Options } from '../options.ts';
import { workFolder } from './buildLock.ts';
import { readManifest } from './manifest.ts';
import { compareReport, describeResults, headline } from './resultsLock.ts';
import { runPipeline, type PipelineOptions } from './runPipeline.ts';
import { project } from './sources.ts';
import type { ComputeReport } from './summary.ts';
import { createInlinePool, createThreadPool, defaultThreads, type WorkerPool } from './workerPool.ts';

/** Choices of a build; all have defaults. */
export interface ComputeOptions extends Pick<
  PipelineOptions,
  'only' | 'force' | 'given' | 'signal' | 'onEvent'
> {
  preset?: Options['preset'] | undefined;
  /** A network in a file, which takes the place of the one that is trained. */
  network?: NetworkFiles | undefined;
  /** Where the outputs go: `public/` for the report, a folder of its own for the small preset. */
  root?: string | undefined;
  backend?: BackendChoice | undefined;
  /** Number of worker threads; TensorFlow's backends have one. */
  workers?: number | undefined;
  /** Write the results' digests to `results.lock.json` instead of comparing with it. */
  updateLock?: boolean | undefined;
}

/** The folder of the outputs: that of the preset, or the one that is given. */
export function rootOf({ preset, root }: Pick<ComputeOptions, 'preset' | 'root'>): string {
  if (root !== undefined) return resolve(root);
  return join(project, preset === 'small' ? '.compute/small' : 'public');
}

/**
 * Computes what is not up to date and compares the report's results with the lock.
 *
 * @throws like `runPipeline` and `chooseBackend`; if the lock is to be written by anything but the report's own build
 */
export async function compute(options: ComputeOptions = {}): Promise<ComputeReport> {
  const { preset = 'report', backend: choice = 'auto', updateLock = false } = options;
  const { only, onEvent } = options;
  const root = rootOf(options);
  const work = await workFolder(root);
  const stages = options.network ? [importNetwork(options.network), ...attackStages] : reportStages;
  const isReport = preset === 'report' && options.root === undefined;
  const { backend, notices } = await chooseBackend(choice);
  if (backend.name !== 'wasm' && (options.workers ?? 1) !== 1) {
    throw new Error(
      `invalid workers: ${options.workers}; TensorFlow uses all cores by itself, leave --workers out`,
    );
  }
  if (updateLock && (backend.name !== 'wasm' || !isReport || only)) {
    throw new Error(
      '--update-lock is for the whole report on the default backend: no --preset, --root, --only, or other --backend',
    );
  }
  const workers = backend.name === 'wasm' ? (options.workers ?? defaultThreads()) : 1;

  const recorded = Object.keys((await readManifest(root)).stages);
  if (preset === 'report' && !only && !options.network && recorded.length === 0) {
    onEvent?.({
      kind: 'said',
      text: 'The first build takes four minutes on two cores; later ones compute what has changed.',
    });
  }
  const began = performance.now();
  const reports = await runPipeline({
    ...options,
    stages,
    options: preset === 'small' ? smallOptions : reportOptions,
    root,
    work,
    backend,
    foreign: options.root !== undefined,
    sharedCode: [
      backend.name === 'wasm' ? 'backend/wasm/startWasmBackend.ts' : 'backend/startTensorflow.ts',
      'results/writeResult.ts',
    ].map((path) => join(project, 'src/compute', path)),
    backendFiles: backend.name === 'wasm' ? kernelFiles() : [],
    createPool: () => createPool(backend, workers),
  });
  const seconds = (performance.now() - began) / 1000;
  if (isReport) notices.push('`npm run build` writes the report into dist/, `npm run preview` shows it.');
  const hint = gpuHint(backend);
  if (hint !== undefined) notices.push(hint);
  const report = { root, backend, workers, seconds, stages: reports, notices };
  if (reports.length < stages.length) return report;
  const found = await describeResults(
    root,
    stages.flatMap(({ outputs }) => outputs),
    { backend: backend.identity, headline: await headline(root) },
  );
  // The lock says nothing of a network out of a file.
  const comparable = preset === 'report' && !options.network;
  const lock = comparable ? await compareReport(found, work, updateLock) : undefined;
  return { ...report, headline: found.headline, lock };
}

async function createPool(backend: BackendIdentity, workers: number): Promise<WorkerPool> {
  if (backend.name !== 'wasm') return createInlinePool();
  // Once, where each thread would else do it for itself.
  await compileKernels();
  return createThreadPool({ size: workers });
}
