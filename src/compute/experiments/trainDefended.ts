// The same layers trained against the attack: the report's own network goes on learning, from perturbed images.
import { modelPaths, modelPathsOf } from '../results/files.ts';
import { readNetwork } from './readInputs.ts';
import { defineStage } from './stage.ts';
import { imagesOf, loadTrainingMemory, published, trainOn } from './train.ts';

const name = 'mnist-cnn-defended';

/** Adversarial training from the weights of the first network. */
export const trainDefended = defineStage({
  name: 'train-defended',
  entry: import.meta.filename,
  options: ({ seeds: { initialWeights, training: seed }, defence }) => ({
    seeds: { initialWeights, training: seed },
    defence,
  }),
  inputs: [modelPaths.json, modelPaths.weights],
  data: 'train',
  outputs: [...Object.values(modelPathsOf(name)), 'results/defended-training.json'],
  async compute(context) {
    const { seeds, defence } = context.options;
    const memory = await loadTrainingMemory(defence.training);
    const { weights: initial } = await readNetwork(context);
    context.progress.start(imagesOf(defence.training));
    const { weights, epochs } = await trainOn(context, memory, { seeds, initial, ...defence });
    return {
      ...published(name, weights),
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
