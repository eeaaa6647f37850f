// Trains the network and publishes it with its learning curve.
import { loadMnist } from '../data/mnist.ts';
import { waitAtBarrier, createBarrier, type Barrier } from '../networks/train/barrier.ts';
import { PIXELS } from '../data/shape.ts';
import type { Layer } from '../networks/layers.ts';
import { mnistCnn } from '../networks/mnistCnn.ts';
import { modelJson, weightsToBytes } from '../networks/modelFiles.ts';
import { trainTogether, type Trained, type TrainingProgress } from '../networks/train/trainTogether.ts';
import { createTrainingMemory, type TrainingMemory } from '../networks/train/trainingMemory.ts';
import type { Options } from '../options.ts';
import { modelPaths } from '../results/files.ts';
import { defineStage } from './stage.ts';

/** One worker of a data-parallel training; see trainTogether. */
interface TrainNetworkArguments {
  layers: readonly Layer[];
  memory: TrainingMemory;
  options: Pick<Options, 'training' | 'seeds'>;
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
  options: ({ seeds: { initialWeights, training: seed }, training }) => ({
    seeds: { initialWeights, training: seed },
    training,
  }),
  data: 'train',
  outputs: [modelPaths.json, modelPaths.weights, 'results/training.json'],
  async compute({ options, workers, run, progress }) {
    const { training } = options;
    const { layers } = mnistCnn;
    const digits = await loadMnist('train');
    const validation = digits.count - training.validationImages;
    const select = (bytes: Uint8Array, size: number) =>
      Buffer.concat([bytes.subarray(0, training.images * size), bytes.subarray(validation * size)]);
    const memory = createTrainingMemory(
      layers,
      select(digits.images, PIXELS),
      select(digits.labels, 1),
      training,
    );

    progress.start(training.epochs * Math.floor(training.images / training.batchSize) * training.batchSize);
    const barrier = createBarrier(Math.min(workers, training.shards));
    const [trained] = await Promise.all(
      Array.from({ length: barrier.workers }, (_, worker) =>
        run(trainNetwork, { layers, memory, options, worker, barrier }, ({ epoch }) =>
          progress.tick(training.batchSize, `epoch ${epoch} of ${training.epochs}`),
        ),
      ),
    );
    return {
      [modelPaths.json]: Buffer.from(`${JSON.stringify(modelJson(mnistCnn))}\n`),
      [modelPaths.weights]: weightsToBytes(trained!.weights),
      'results/training.json': { epochs: trained!.epochs },
    };
  },
});
