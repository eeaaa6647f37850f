// Trains the network and publishes it with its learning curve.
import { writeFile } from 'node:fs/promises';
import { loadMnist } from '../data/mnist.ts';
import { PIXELS } from '../networks/layers.ts';
import { mnistCnn } from '../networks/mnistCnn.ts';
import { modelJson, weightsToBytes } from '../networks/modelFiles.ts';
import type { TrainingProgress } from '../networks/train/trainParty.ts';
import { createTrainingMemory } from '../networks/train/trainingMemory.ts';
import { modelPaths, resultPath } from '../results/files.ts';
import { trainingSchema } from '../results/schema/training.ts';
import { writeResult } from '../results/writeResult.ts';
import type { Stage } from '../build/stage.ts';

/** Trains on the first images of the training set, validates on its last ones. */
export const train: Stage = {
  name: 'train',
  entry: import.meta.filename,
  tasks: ['trainNetwork'],
  options: ({ seeds: { initialWeights, training: seed }, training }) => ({
    seeds: { initialWeights, training: seed },
    training,
  }),
  data: ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'],
  outputs: [modelPaths.json, modelPaths.weights, resultPath('training')],
  async run({ options, output, pool, progress, provenance }) {
    const { training } = options;
    const digits = await loadMnist('train');
    const validation = digits.count - training.validationImages;
    const select = (bytes: Uint8Array, size: number) =>
      Buffer.concat([bytes.subarray(0, training.images * size), bytes.subarray(validation * size)]);
    const images = select(digits.images, PIXELS);
    const labels = select(digits.labels, 1);

    const seen = Math.floor(training.images / training.batchSize) * training.batchSize;
    progress.start('train', training.epochs * seen, 'images');
    const [trained] = await pool.runAll(
      'trainNetwork',
      (parties, barrier) => {
        const memory = createTrainingMemory(mnistCnn.layers, images, labels, training);
        return Array.from({ length: parties }, (_, party) => ({
          layers: mnistCnn.layers,
          memory,
          options,
          party,
          parties,
          barrier,
        }));
      },
      {
        parties: Math.min(pool.size, training.shards),
        onReport: (report) => {
          const { epoch, images: done } = report as TrainingProgress;
          progress.set(done, `epoch ${epoch} of ${training.epochs}`);
        },
      },
    );
    progress.done();

    await writeFile(output(modelPaths.json), `${JSON.stringify(modelJson(mnistCnn))}\n`);
    await writeFile(output(modelPaths.weights), weightsToBytes(trained!.weights));
    await writeResult(output(resultPath('training')), trainingSchema, {
      provenance,
      epochs: trained!.epochs,
    });
  },
};
