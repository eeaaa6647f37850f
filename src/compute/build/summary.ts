// The words at the end of a build.
import type { BackendIdentity } from '../backend/backends.ts';
import { duration } from './progress.ts';
import { thisPlatform, type Headline, type LockComparison } from './resultsLock.ts';
import type { StageReport } from './runPipeline.ts';

/** Two backends, or two engines, may differ by so much in an accuracy. */
export const ACCURACY_TOLERANCE = 0.003;

export interface ComputeReport {
  root: string;
  backend: BackendIdentity;
  workers: number;
  seconds: number;
  stages: StageReport[];
  notices: string[];
  headline?: Headline | undefined;
  /** How the results compare with the committed lock, where there is one and it applies. */
  lock?: LockComparison | undefined;
}

/** Whether results differ from the lock where nothing may: same code, options, inputs and backend, on a platform of the lock. */
export function irreproducible({ lock }: Pick<ComputeReport, 'lock'>): boolean {
  if (!lock || lock.written) return false;
  const { unexplained, sameBackend } = lock.differences;
  return sameBackend && lock.expected.platforms.includes(thisPlatform()) && unexplained.length > 0;
}

/** The summary, line by line. */
export function summary(report: ComputeReport): string[] {
  const { backend, workers, stages, seconds, headline, lock, notices } = report;
  const computed = stages.filter(({ state }) => state !== 'fresh' && state !== 'given');
  const lines = computed.length === 0 ? [] : ['', ...table(stages)];
  lines.push(
    '',
    computed.length === 0
      ? `Nothing to compute: ${stages.length === 1 ? 'the stage is' : `all ${stages.length} stages are`} fresh.`
      : `Computed ${computed.length} of ${stages.length} stages in ${duration(seconds)} with ${workers} ` +
          `${workers === 1 ? 'worker' : 'workers'}.`,
    `Backend: ${backend.identity}, on ${backend.device}.`,
  );
  if (headline) lines.push(...headlineLines(headline));
  if (lock) lines.push(...lockLines(lock));
  if (irreproducible(report)) {
    lines.push(
      `Nothing explains it for ${lock!.differences.unexplained.join(', ')}: code, options, inputs, backend and platform`,
      'are those of the lock. Memory, disk or an installed package may be damaged: run `npm ci`, then `npm run compute -- --force`.',
    );
  }
  return [...lines, ...notices, `Results: ${report.root}`];
}

function table(stages: readonly StageReport[]): string[] {
  const width = Math.max(...stages.map(({ name }) => name.length));
  return stages.map(({ name, state, seconds, bytes, reason }) => {
    const time = seconds > 0 ? duration(seconds) : '–';
    const size = `${(bytes / 1024).toFixed(0)} KiB`;
    const note = reason ? `  ${reason.replace(/^stale \((.*)\)$/, '$1')}` : '';
    return `  ${name.padEnd(width)}  ${state.padEnd(7)}  ${time.padStart(11)}  ${size.padStart(9)}${note}`;
  });
}

function headlineLines({ accuracy, epsilon, example }: Headline): string[] {
  const { image, label, clean, fgsm, iterative } = example;
  return [
    `Accuracy: ${accuracy.clean} clean; at epsilon ${epsilon}: ${accuracy.fgsm} FGSM, ${accuracy.iterative} iterative FGSM.`,
    `Test image ${image}, a ${label}: predicted as ${clean}, after FGSM as ${fgsm}, after iterative FGSM as ${iterative}.`,
  ];
}

/** How results compare with the lock, line by line. */
export function lockLines({ expected, differences, written }: LockComparison): string[] {
  const { files, headline, accuracy, sameBackend } = differences;
  const count = Object.keys(expected.files).length;
  if (written) return [`results.lock.json written: ${count} files.`];
  if (files.length === 0 && headline.length === 0) {
    return [`Reproduced bit for bit: all ${count} files are those of results.lock.json.`];
  }
  const verified = expected.platforms.includes(thisPlatform());
  return [
    `Not reproduced bit for bit: ${files.length} files differ from results.lock.json.`,
    ...files.map(({ path, what }) => `  ${path}: ${what}`),
    ...headline.map((text) => `  ${text}`),
    accuracy <= ACCURACY_TOLERANCE
      ? `Its accuracies agree within ${ACCURACY_TOLERANCE}.`
      : `Its accuracies differ by up to ${accuracy.toFixed(4)}, more than ${ACCURACY_TOLERANCE}.`,
    ...(sameBackend ? [] : [`The lock was computed by another backend, ${expected.backend}.`]),
    ...(verified
      ? []
      : [`The lock was verified on ${expected.platforms.join('; ')}, not on this ${thisPlatform()}.`]),
  ];
}
