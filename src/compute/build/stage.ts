// What a stage is and what it is given when it runs.
import type { BackendIdentity } from '../backend/backendIdentity.ts';
import type { Options } from '../options.ts';
import type { Progress } from './progress.ts';
import type { WorkerPool } from './workerPool.ts';

/** One step of the computation: what it depends on, what it leaves, and how. */
export interface Stage {
  name: string;
  /** Absolute path of the module whose bundle is the stage's code: `import.meta.filename`. */
  entry: string;
  /** Names of the tasks that it runs on the workers; their files are part of its code. */
  tasks?: readonly string[];
  /** The options that it depends on, and no others. */
  options: (options: Options) => unknown;
  /** Outputs of earlier stages that it reads, relative to the root. */
  inputs?: readonly string[];
  /** MNIST files that it reads, by name. */
  data?: readonly string[];
  /** Modules that the report lists as the code that ran, from the project's root: their whole text counts. */
  listings?: readonly string[];
  /** Files that it writes, relative to the root. */
  outputs: readonly string[];
  run: (context: StageContext) => Promise<void>;
}

/** Everything that decides what a stage computes; equal for equal runs. */
export interface StageProvenance {
  stage: string;
  /** SHA-256 of the code of the stage and its tasks. */
  code: string;
  packages: Record<string, string>;
  backend: BackendIdentity;
  options: unknown;
  /** SHA-256 of each input, by path. */
  inputs: Record<string, string>;
  /** SHA-256 of each MNIST file, by name. */
  data: Record<string, string>;
  /** SHA-256 of each listed module, by path. */
  source: Record<string, string>;
}

/** What a stage is given. */
export interface StageContext {
  options: Options;
  /** Absolute path of an input. Throws on one that the stage does not declare. */
  input: (path: string) => string;
  /** Absolute path at which to write an output; it is moved into the root when the stage is done. Throws like `input`. */
  output: (path: string) => string;
  /** The workers, with the tasks that the stage declares. */
  pool: WorkerPool;
  progress: Progress;
  provenance: StageProvenance;
  /** Aborted when the build is to stop. */
  signal: AbortSignal;
}

/**
 * Checks a list of stages: names and outputs are unique, paths stay inside the root, inputs come from earlier stages.
 *
 * @throws with the stage and the path that is wrong
 */
export function checkStages(stages: readonly Stage[]): void {
  const names = new Set<string>();
  const written = new Set<string>();
  for (const { name, inputs = [], outputs } of stages) {
    if (!/^[a-z][a-z0-9-]*$/.test(name))
      throw new Error(`invalid stage name: '${name}', expected like 'fgsm-curve'`);
    if (names.has(name)) throw new Error(`two stages are named '${name}'`);
    names.add(name);
    for (const path of inputs) {
      if (!written.has(path)) throw new Error(`stage ${name}: no earlier stage writes its input ${path}`);
    }
    if (outputs.length === 0) throw new Error(`stage ${name}: it has no outputs`);
    for (const path of outputs) {
      if (
        path.startsWith('/') ||
        path.includes('\\') ||
        path.split('/').some((part) => /^\.{0,2}$/.test(part))
      ) {
        throw new Error(`stage ${name}: invalid output ${path}, expected a path inside the root`);
      }
      if (written.has(path)) throw new Error(`stage ${name}: another stage writes ${path} too`);
      written.add(path);
    }
  }
}

/** The named stages and those whose outputs they read, in order. Throws on a name that is not in the list. */
export function stagesNeededFor(stages: readonly Stage[], names: readonly string[]): Stage[] {
  const wanted = new Set(names);
  for (const name of names) {
    if (!stages.some((stage) => stage.name === name)) {
      throw new Error(
        `unknown stage: '${name}', expected one of ${stages.map((stage) => stage.name).join(', ')}`,
      );
    }
  }
  const paths = new Set<string>();
  const needed: Stage[] = [];
  for (const stage of stages.toReversed()) {
    if (!wanted.has(stage.name) && !stage.outputs.some((path) => paths.has(path))) continue;
    stage.inputs?.forEach((path) => paths.add(path));
    needed.unshift(stage);
  }
  return needed;
}

/** The stages that read what a stage writes, at first or second hand, in order. */
export function stagesAfter(stages: readonly Stage[], { name, outputs }: Stage): Stage[] {
  const paths = new Set(outputs);
  return stages.filter((stage) => {
    if (stage.name === name || !stage.inputs?.some((path) => paths.has(path))) return false;
    stage.outputs.forEach((path) => paths.add(path));
    return true;
  });
}
