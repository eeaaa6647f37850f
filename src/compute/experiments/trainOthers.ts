// The report's recipe with other seeds: what of the results is the recipe's, and what one network's.
import { createTrainingMemory } from '../networks/train/trainingMemory.ts';
import { mnistCnn } from '../networks/mnistCnn.ts';
import { modelPathsOf } from '../results/files.ts';
import { otherNames } from '../results/networkNames.ts';
import { defineStage } from './stage.ts';
import { imagesOf, loadTrainingMemory, published, trainOn } from './train.ts';

/** Trains each network on one worker: they need not wait for each other, as workers that share a batch do. */
export const trainOthers = defineStage({
  name: 'train-others',
  entry: import.meta.filename,
  options: ({ otherTrainings, training }) => ({ otherTrainings, training }),
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
