// Trains the networks and publishes them with their learning curves: the report’s own, the same recipe with other seeds, and one
// against the attack.
import { loadMnist } from '../data/mnist.ts';
import { waitAtBarrier, createBarrier, type Barrier } from '../networks/train/barrier.ts';
import { PIXELS } from '../data/shape.ts';
import type { Layer, Weights } from '../networks/layers.ts';
import { mnistCnn } from '../networks/mnistCnn.ts';
import { modelJson, weightsToBytes } from '../networks/modelFiles.ts';
import {
  trainTogether,
  type Trained,
  type TrainingPlan,
  type TrainingProgress,
} from '../networks/train/trainTogether.ts';
import { createTrainingMemory, type TrainingMemory } from '../networks/train/trainingMemory.ts';
import type { Options } from '../options.ts';
import { modelPaths, modelPathsOf } from '../results/files.ts';
import { otherNames, type NetworkName } from '../results/networkNames.ts';
import { readNetwork } from './readInputs.ts';
import { defineStage, optionsAt, type StageContext } from './stage.ts';

/** One worker of a data-parallel training; see trainTogether. */
interface TrainNetworkArguments {
  layers: readonly Layer[];
  memory: TrainingMemory;
  options: TrainingPlan;
  worker: number;
  barrier: Barrier;
}

/** Task: trains with the other workers; all of them come to the same weights. */
export function trainNetwork(
  { layers, memory, options, worker, barrier }: TrainNetworkArguments,
  report: (progress: TrainingProgress) => void,
): Trained {
  return trainTogether(layers, memory, options, {
    worker,
    workers: barrier.workers,
    barrier: () => waitAtBarrier(barrier),
    onProgress: worker === 0 ? report : undefined,
  });
}

/** Trains on the first images of the training set, validates on its last ones. */
export const train = defineStage({
  name: 'train',
  entry: import.meta.filename,
  options: optionsAt(['seeds.initialWeights', 'seeds.training', 'training']),
  data: 'train',
  outputs: [modelPaths.json, modelPaths.weights, 'results/training.json'],
  async compute(context) {
    const { seeds, training } = context.options;
    const memory = await loadTrainingMemory(training);
    context.progress.start(imagesOf(training));
    const { weights, epochs } = await trainOn(context, memory, { seeds, training });
    return { ...published('mnist-cnn', weights), 'results/training.json': { epochs } };
  },
});

/** Trains with other seeds, each network on one worker: they need not wait for each other, as workers that share a batch do. */
export const trainOthers = defineStage({
  name: 'train-others',
  entry: import.meta.filename,
  options: optionsAt(['otherTrainings', 'training']),
  data: 'train',
  outputs: [
    ...otherNames.flatMap((name) => Object.values(modelPathsOf(name))),
    'results/other-trainings.json',
  ],
  async compute(context) {
    const { seeds: ofOthers, shards } = context.options.otherTrainings;
    const training = { ...context.options.training, shards };
    const { images, labels } = await loadTrainingMemory(training);
    context.progress.start(otherNames.length * imagesOf(training));
    const networks = await Promise.all(
      otherNames.map(async (name, i) => {
        const memory = createTrainingMemory(mnistCnn.layers, images, labels, training);
        const seeds = ofOthers[i]!;
        return { name, seeds, ...(await trainOn({ ...context, workers: 1 }, memory, { seeds, training })) };
      }),
    );
    const files = networks.flatMap(({ name, weights }) => Object.entries(published(name, weights)));
    return {
      ...(Object.fromEntries(files) as ReturnType<typeof published<(typeof otherNames)[number]>>),
      'results/other-trainings.json': {
        networks: networks.map(({ name, seeds, epochs }) => ({ name, seeds, epochs })),
      },
    };
  },
});

const defended = 'mnist-cnn-defended';

/** Adversarial training: the report's own network goes on learning, from images that are perturbed. */
export const trainDefended = defineStage({
  name: 'train-defended',
  entry: import.meta.filename,
  options: optionsAt(['seeds.initialWeights', 'seeds.training', 'defence']),
  inputs: [modelPaths.json, modelPaths.weights],
  data: 'train',
  outputs: [...Object.values(modelPathsOf(defended)), 'results/defended-training.json'],
  async compute(context) {
    const { seeds, defence } = context.options;
    const memory = await loadTrainingMemory(defence.training);
    const { weights: initial } = await readNetwork(context);
    context.progress.start(imagesOf(defence.training));
    const { weights, epochs } = await trainOn(context, memory, { seeds, initial, ...defence });
    return {
      ...published(defended, weights),
      'results/defended-training.json': {
        epochs: epochs.map((epoch) => ({
          ...epoch,
          fgsmAccuracy: epoch.fgsmAccuracy!,
          pgdAccuracy: epoch.pgdAccuracy!,
        })),
      },
    };
  },
});

/** What a training with these options needs in memory, the images of the training set first. */
export async function loadTrainingMemory(training: Options['training']): Promise<TrainingMemory> {
  const digits = await loadMnist('train');
  const validation = digits.count - training.validationImages;
  const select = (bytes: Uint8Array, size: number) =>
    Buffer.concat([bytes.subarray(0, training.images * size), bytes.subarray(validation * size)]);
  return createTrainingMemory(
    mnistCnn.layers,
    select(digits.images, PIXELS),
    select(digits.labels, 1),
    training,
  );
}

/** Number of images that a training looks at, for its progress. */
function imagesOf({ epochs, images, batchSize }: Options['training']): number {
  return epochs * Math.floor(images / batchSize) * batchSize;
}

/** Trains on a number of workers, all of them if none is given. */
export async function trainOn(
  { workers, run, progress }: Pick<StageContext, 'workers' | 'run' | 'progress'>,
  memory: TrainingMemory,
  options: TrainingPlan,
): Promise<Trained> {
  const { shards, batchSize, epochs } = options.training;
  const barrier = createBarrier(Math.min(workers, shards));
  const [trained] = await Promise.all(
    Array.from({ length: barrier.workers }, (_, worker) =>
      run(trainNetwork, { layers: mnistCnn.layers, memory, options, worker, barrier }, ({ epoch }) =>
        progress.tick(batchSize, `epoch ${epoch} of ${epochs}`),
      ),
    ),
  );
  return trained!;
}

/** The files of a trained network. */
function published<Name extends NetworkName>(name: Name, weights: Weights) {
  const paths = modelPathsOf(name);
  return {
    [paths.json]: Buffer.from(`${JSON.stringify(modelJson(mnistCnn))}\n`),
    [paths.weights]: weightsToBytes(weights),
  } as Record<`models/${Name}/model.json` | `models/${Name}/weights.bin`, Uint8Array>;
}
