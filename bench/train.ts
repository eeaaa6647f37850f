// Some steps of the report's training, as its stage runs them.
import type { WorkerPool } from '../src/compute/build/workerPool.ts';
import { train as stage } from '../src/compute/experiments/train.ts';
import { reportOptions } from '../src/compute/options.ts';
import { modelPaths } from '../src/compute/results/files.ts';
import type { BenchOptions } from './arguments.ts';
import { timed, type Run } from './measure.ts';

/** Steps of a training of the bench. */
export function trainingSteps({ quick }: Pick<BenchOptions, 'quick'>): number {
  return quick ? 20 : 200;
}

/** Trains for some steps; what is timed lies between the ends of the first and the last, and is scaled to all of them. */
export async function train(
  steps: number,
  { size: workers, run }: WorkerPool,
): Promise<Run & { weights: Uint8Array }> {
  const images = steps * reportOptions.training.batchSize;
  const training = { ...reportOptions.training, images, validationImages: 250, epochs: 1 };
  const ends: number[] = [];
  const { value: files, ...all } = await timed(() =>
    stage.compute({
      options: { ...reportOptions, training },
      workers,
      run,
      input: (path) => path,
      progress: { start: () => undefined, tick: () => ends.push(performance.now()) },
    }),
  );
  const seconds = (ends.at(-1)! - ends[0]!) / 1000;
  const weights = files[modelPaths.weights] as Uint8Array;
  return { ...all, seconds: (seconds * steps) / (steps - 1), weights };
}
