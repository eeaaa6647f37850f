// Trains the networks and publishes them with their learning curves: the report’s own, the same recipe with other seeds, and one
// against the attack.
import { loadMnist } from '../data/mnist.ts';
import { PIXELS } from '../data/shape.ts';
import { mnistCnn, type Weights } from '../networks/layers.ts';
import { modelJson, weightsToBytes } from '../networks/modelFiles.ts';
import { trainTogether, type TrainingDigits, type TrainingPlan } from '../networks/train/trainTogether.ts';
import type { Options } from '../options.ts';
import { modelPaths, modelPathsOf } from '../results/files.ts';
import { otherNames, type NetworkName } from '../results/networkNames.ts';
import { slices } from './digits.ts';
import { defineStage, optionsAt, readNetwork, type Runner } from './stage.ts';

/** Trains on the first images of the training set, validates on its last ones. */
export const train = defineStage({
  name: 'train',
  entry: import.meta.filename,
  options: optionsAt(['seeds.initialWeights', 'seeds.training', 'training']),
  data: 'train',
  outputs: [modelPaths.json, modelPaths.weights, 'results/training.json'],
  async compute(context) {
    const { seeds, training } = context.options;
    const digits = await trainingDigits(training);
    context.progress.start(imagesOf(training));
    const { weights, epochs } = await trainOn(context, digits, { seeds, training });
    return { ...published('mnist-cnn', weights), 'results/training.json': { epochs } };
  },
});

/** Trains with other seeds. Its batches are single shards: the networks, not the shards of one, share the workers. */
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
    const digits = await trainingDigits(training);
    context.progress.start(otherNames.length * imagesOf(training));
    const networks = await Promise.all(
      otherNames.map(async (name, i) => {
        const seeds = ofOthers[i]!;
        return { name, seeds, ...(await trainOn(context, digits, { seeds, training })) };
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
    const digits = await trainingDigits(defence.training);
    const { weights: initial } = await readNetwork(context);
    context.progress.start(imagesOf(defence.training));
    const { weights, epochs } = await trainOn(context, digits, { seeds, initial, ...defence });
    return {
      ...published(defended, weights),
      'results/defended-training.json': {
        epochs: epochs as Required<(typeof epochs)[number]>[],
      },
    };
  },
});

/** The digits of a training: the first of the training set, its last ones to validate on. */
export async function trainingDigits(training: Options['training']): Promise<TrainingDigits> {
  const { images, labels } = await loadMnist('train');
  const first = labels.length - training.validationImages;
  const validation = { images: images.subarray(first * PIXELS), labels: labels.subarray(first) };
  return { images, labels, validation: slices(validation) };
}

/** Number of images that a training looks at, for its progress. */
function imagesOf({ epochs, images, batchSize }: Options['training']): number {
  return epochs * Math.floor(images / batchSize) * batchSize;
}

/** Trains the report's network on all workers. Throws like {@link trainTogether}. */
export function trainOn({ run, progress }: Runner, digits: TrainingDigits, plan: TrainingPlan) {
  const { batchSize, epochs } = plan.training;
  return trainTogether(mnistCnn.layers, digits, plan, run, (epoch) =>
    progress.tick(batchSize, `epoch ${epoch} of ${epochs}`),
  );
}

function published<Name extends NetworkName>(name: Name, weights: Weights) {
  const paths = modelPathsOf(name);
  return {
    [paths.json]: Buffer.from(`${JSON.stringify(modelJson(mnistCnn))}\n`),
    [paths.weights]: weightsToBytes(weights),
  } as Record<`models/${Name}/model.json` | `models/${Name}/weights.bin`, Uint8Array>;
}
