// What a stage of the computation is: all that the build has to know of it, and what it computes.
import type { Split } from '../data/mnist.ts';
import type { Options } from '../options.ts';
import type { Result, ResultName } from '../results/schemas.ts';

/** A function that runs on a worker, where the backend is started; its arguments and result can be sent there. */
export type Task<Args, Value, Report = never> = (args: Args, report: (value: Report) => void) => Value;

/**
 * Runs a task on the next free worker.
 *
 * @param task one of the `tasks` in index.ts
 * @param onReport called in the main thread with each value that the task reports
 * @throws what the task throws, or an error if its worker ends
 */
export type RunTask = <Args, Value, Report = never>(
  task: Task<Args, Value, Report>,
  args: Args,
  onReport?: (value: Report) => void,
) => Promise<Awaited<Value>>;

/** How far a stage is, in images. */
export interface Progress {
  /** So many images are to be done. */
  start: (total: number) => void;
  /** So many more are done. */
  tick: (images: number, note?: string) => void;
}

/** What a stage is given. */
export interface StageContext {
  options: Options;
  /** Absolute path of an input. Throws on one that the stage does not declare. */
  input: (path: string) => string;
  /** Number of workers. */
  workers: number;
  run: RunTask;
  progress: Progress;
}

/** One step of the computation: what it depends on, what it leaves, and how. */
export interface Stage {
  name: string;
  /** Absolute path of the module whose bundle is the stage's code, its tasks included: `import.meta.filename`. */
  entry: string;
  /** The options that it depends on, and no others. */
  options: (options: Options) => unknown;
  /** Outputs of earlier stages that it reads, relative to the root. */
  inputs?: readonly string[];
  /** The half of MNIST that it reads. */
  data?: Split;
  /** Modules that the report lists as the code that ran, from the project's root: their whole text counts. */
  listings?: readonly string[];
  /** Files that it leaves, relative to the root. */
  outputs: readonly string[];
  /** Content of each output, by its path: a result without its provenance, or bytes. */
  compute: (context: StageContext) => Promise<Readonly<Record<string, object>>>;
}

type ContentOf<Path extends string> = Path extends `results/${infer Name extends ResultName}.json`
  ? Omit<Result<Name>, 'provenance'>
  : Uint8Array;

/** A stage whose `compute` is held to the schemas of its outputs. */
export function defineStage<const Path extends string>(
  stage: Omit<Stage, 'outputs' | 'compute'> & {
    outputs: readonly Path[];
    compute: (context: StageContext) => Promise<{ [P in Path]: ContentOf<P> }>;
  },
): Stage {
  return stage;
}
