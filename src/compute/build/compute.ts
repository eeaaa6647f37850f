// The whole computation: which stages, in which folder, on which backend, compared with which lock.
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  backendEntry,
  chooseBackend,
  prepareBackend,
  startBackend,
  type BackendChoice,
} from '../backend/startBackend.ts';
import type { BackendIdentity } from '../backend/backendIdentity.ts';
import { gpuHint } from '../backend/gpuHint.ts';
import { mnistFiles, mnistFolder } from '../data/mnist.ts';
import { reportOptions, smallOptions, type Options } from '../options.ts';
import { headline } from '../results/headline.ts';
import { appendToLog } from './computeLog.ts';
import { createInlinePool } from './inlinePool.ts';
import { silentReporter, type Reporter } from './progress.ts';
import * as lockFile from './resultsLock.ts';
import { runPipeline, type PipelineOptions } from './runPipeline.ts';
import { stages as reportStages } from '../experiments/index.ts';
import type { ComputeReport } from './summary.ts';
import { defaultThreads, type WorkerPool } from './workerPool.ts';

/** The project's folder. */
export const project = fileURLToPath(new URL('../../../', import.meta.url));

/** Choices of a build; all have defaults. */
export interface ComputeOptions extends Pick<
  PipelineOptions,
  'only' | 'force' | 'given' | 'signal' | 'onEvent'
> {
  preset?: Options['preset'];
  /** Where the outputs go: `public/` for the report, a folder of its own for the small preset. */
  root?: string;
  backend?: BackendChoice;
  /** Number of worker threads; TensorFlow's backends have one. */
  workers?: number;
  /** Write the results' digests to `results.lock.json` instead of comparing with it. */
  updateLock?: boolean;
  reporter?: Reporter;
}

/** Folders of a preset, or of a root that is given: outputs, and what belongs to the build alone. */
export function foldersOf(preset: Options['preset'], root?: string): { root: string; work: string } {
  if (root !== undefined) {
    const absolute = resolve(root);
    return { root: absolute, work: join(dirname(absolute), '.compute', basename(absolute)) };
  }
  if (preset === 'small')
    return { root: join(project, '.compute/small'), work: join(project, '.compute/small-work') };
  return { root: join(project, 'public'), work: join(project, '.compute/public') };
}

/**
 * Computes what is not up to date and compares the report's results with the lock.
 *
 * @throws like `runPipeline` and `chooseBackend`; if the lock is to be written by anything but the report's own build
 */
export async function compute(options: ComputeOptions = {}): Promise<ComputeReport> {
  const {
    preset = 'report',
    backend: choice = 'auto',
    updateLock = false,
    reporter = silentReporter,
  } = options;
  const { root, work } = foldersOf(preset, options.root);
  const ownRoot = preset === 'report' && options.root === undefined;
  const { backend, notices } = await chooseBackend(choice);
  const workers = options.workers ?? (backend.name === 'wasm' ? defaultThreads() : 1);
  checkChoices({ backend, workers, updateLock, ownRoot, only: options.only });

  const began = performance.now();
  const entry = { preset, root, backend: backend.identity, device: backend.device, workers };
  const log = async (more: Record<string, unknown>): Promise<void> =>
    appendToLog(work, { ...entry, seconds: (performance.now() - began) / 1000, ...more });
  try {
    const stages = await runPipeline({
      ...options,
      ...{
        stages: reportStages,
        options: preset === 'small' ? smallOptions : reportOptions,
        root,
        work,
        backend,
      },
      ...{ backendEntry: fileURLToPath(backendEntry(backend.name)), dataFile, reporter },
      createPool: () => createPool(backend, workers, options.signal),
    });
    const report: ComputeReport = {
      ...{
        root,
        backend,
        workers,
        seconds: (performance.now() - began) / 1000,
        stages,
        notices: [...notices],
      },
      ...(stages.length === reportStages.length
        ? await compare({ root, work }, backend, ownRoot, updateLock)
        : {}),
    };
    if (ownRoot)
      report.notices.push('`npm run build` writes the report into dist/, `npm run preview` shows it.');
    const hint = gpuHint(backend);
    if (hint) report.notices.push(hint);
    await log({ stages }).catch((error: unknown) =>
      report.notices.push(`The log was not written: ${String(error)}`),
    );
    return report;
  } catch (error) {
    await log({ error: String(error) }).catch(() => undefined);
    throw error;
  }
}

function checkChoices({
  backend,
  workers,
  updateLock,
  ownRoot,
  only,
}: {
  backend: BackendIdentity;
  workers: number;
  updateLock: boolean;
  ownRoot: boolean;
  only: readonly string[] | undefined;
}): void {
  if (backend.name !== 'wasm' && workers !== 1) {
    throw new Error(`invalid workers: ${workers}; TensorFlow uses all cores by itself, leave --workers out`);
  }
  if (updateLock && (backend.name !== 'wasm' || !ownRoot || only)) {
    throw new Error(
      '--update-lock is for the whole report on the default backend: no --preset, --root, --only, or other --backend',
    );
  }
}

function dataFile(name: string): string {
  if (!Object.hasOwn(mnistFiles, name)) throw new Error(`unknown MNIST file: ${name}`);
  return join(mnistFolder(), name);
}

async function createPool(
  backend: BackendIdentity,
  workers: number,
  signal?: AbortSignal,
): Promise<WorkerPool> {
  const abort = signal ? { signal } : {};
  await prepareBackend(backend.name);
  if (backend.name === 'wasm') {
    // Loaded when there is work only: a build that has nothing to do is to be quick.
    const { createThreadPool } = await import('./threadPool.ts');
    return createThreadPool({ size: workers, backend: 'wasm', ...abort });
  }
  await startBackend(backend.name);
  return createInlinePool(abort);
}

async function compare(
  { root, work }: { root: string; work: string },
  backend: BackendIdentity,
  ownRoot: boolean,
  updateLock: boolean,
): Promise<Pick<ComputeReport, 'headline' | 'lock'>> {
  const found = await lockFile.describeResults(
    root,
    reportStages.flatMap(({ outputs }) => outputs),
    { backend: backend.identity, headline: await headline(root) },
  );
  if (!ownRoot) return { headline: found.headline };
  const path = join(project, lockFile.RESULTS_LOCK);
  const before = updateLock
    ? await lockFile.readResultsLock(path).catch(() => undefined)
    : await lockFile.readResultsLock(path);
  if (updateLock) await lockFile.writeResultsLock(path, found, before, work);
  const expected = updateLock ? found : before;
  if (!expected) return { headline: found.headline };
  const differences = lockFile.compareWithLock(found, expected);
  return { headline: found.headline, lock: { expected, differences, written: updateLock } };
}
