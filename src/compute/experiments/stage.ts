// What a stage of the computation is: all that the build has to know of it, what it reads and what it computes.
import { readFile } from 'node:fs/promises';
import type { Split } from '../data/mnist.ts';
import type { Network } from '../networks/layers.ts';
import { readModel } from '../networks/modelFiles.ts';
import type { Options } from '../options.ts';
import { modelPathsOf, resultPath } from '../results/files.ts';
import type { NetworkName } from '../results/networkNames.ts';
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

export interface StageContext {
  options: Options;
  /** Absolute path of an input. Throws on one that the stage does not declare. */
  input: (path: string) => string;
  run: RunTask;
  /** So many images are to be done; so many more are done. */
  progress: { start: (total: number) => void; tick: (images: number, note?: string) => void };
}

/** Where tasks run, and who is told how far they are. */
export type Runner = Pick<StageContext, 'run' | 'progress'>;

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

type Content<Name extends ResultName> = Omit<Result<Name>, 'provenance'>;

type ContentOf<Path extends string> = Path extends `results/${infer Name extends ResultName}.json`
  ? Content<Name>
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

type OptionGroup = Exclude<keyof Options, 'preset'>;

/** A group of the options, or one choice of a group: `sweep.images`. */
type OptionPath = {
  [Group in OptionGroup]: Group | `${Group}.${keyof Options[Group] & string}`;
}[OptionGroup];

/** The options at some paths, and no others. */
export function optionsAt(paths: readonly OptionPath[]): (options: Options) => object {
  return (options) => {
    const picked: Record<string, unknown> = {};
    for (const path of paths) {
      const [group, name] = path.split('.') as [OptionGroup, string | undefined];
      const choices = options[group] as Record<string, unknown>;
      picked[group] = name === undefined ? choices : { ...(picked[group] as object), [name]: choices[name] };
    }
    return picked;
  };
}

/**
 * A stage that looks at test images through published networks and leaves one result, which has its name.
 *
 * @param networks those that it reads; the report's own if left out
 * @param results those of earlier stages that it reads
 */
export function resultStage<
  const Name extends ResultName,
  const Names extends readonly NetworkName[] = readonly ['mnist-cnn'],
>({
  options,
  networks = ['mnist-cnn'] as unknown as Names,
  results = [],
  compute,
  ...stage
}: Pick<Stage, 'entry' | 'listings'> & {
  name: Name;
  options: readonly OptionPath[];
  networks?: Names;
  results?: readonly ResultName[];
  compute: (
    context: StageContext,
    networks: { [I in keyof Names]: Network },
  ) => Promise<Content<NoInfer<Name>>>;
}): Stage {
  const path = resultPath(stage.name);
  return {
    ...stage,
    options: optionsAt(options),
    inputs: [...networks.flatMap((name) => Object.values(modelPathsOf(name))), ...results.map(resultPath)],
    data: 'test',
    outputs: [path],
    async compute(context) {
      const read = await Promise.all(networks.map((name) => readNetwork(context, name)));
      return { [path]: await compute(context, read as { [I in keyof Names]: Network }) };
    },
  };
}

/** A network that an earlier stage left; the report's own if no name is given. */
export async function readNetwork({ input }: Pick<StageContext, 'input'>, name: NetworkName = 'mnist-cnn') {
  const { json, weights } = modelPathsOf(name);
  return readModel(await readFile(input(json), 'utf8'), await readFile(input(weights)));
}

/** A result that an earlier stage left. The build has compared the file's digest with the one that was written. */
export async function readInput<Name extends ResultName>({ input }: Pick<StageContext, 'input'>, name: Name) {
  return JSON.parse(await readFile(input(resultPath(name)), 'utf8')) as Result<Name>;
}

// The modules whose text the report lists. A result that they computed names their SHA-256, and a page that lists them does not
// build when the text is no longer that one.

/** The attacks, from the loss to the loop. */
export const attackListings = [
  'src/compute/attacks/margin.ts',
  'src/compute/attacks/inputGradient.ts',
  'src/compute/attacks/iterativeFgsm.ts',
  'src/compute/attacks/fgsm.ts',
] as const;

/** The attacks and the sweep over ε. */
export const sweepListings = [...attackListings, 'src/compute/experiments/sweepSlice.ts'] as const;
