// What the readers' browsers fetch when they are asked to: images to choose from, images to check, and the images of
// the sweeps.
import { deflateSync } from 'fflate';
import { loadMnist, selectDigits, type Digits } from '../data/mnist.ts';
import { PIXELS } from '../data/shape.ts';
import { modelPaths, resultPath } from '../results/files.ts';
import type { Evaluation } from '../results/schemas.ts';
import { attackDigit } from './attackDigits.ts';
import { sweepImages } from './digits.ts';
import { defineStage, optionsAt, readInput, readNetwork, type StageContext } from './stage.ts';

/** Images of each class and all misclassified ones for the picker; images with their attacks for the check; the sweeps' images. */
export const widgetImages = defineStage({
  name: 'widget-images',
  entry: import.meta.filename,
  options: optionsAt([
    'seeds.testImages',
    'sweep.images',
    'example.epsilon',
    'example.steps',
    'widgetImages',
  ]),
  inputs: [modelPaths.json, modelPaths.weights, resultPath('evaluation')],
  data: 'test',
  outputs: ['results/widget-images.json', 'results/widget-check.json', 'results/sweep-images.bin'],
  async compute(context) {
    const { perClass, checks } = context.options.widgetImages;
    const test = await loadMnist('test');
    const evaluation = await readInput(context, 'evaluation');
    const indices = selection(evaluation, perClass);
    const drawn = await sweepImages(context.options);
    return {
      'results/widget-images.json': {
        indices,
        labels: indices.map((index) => evaluation.labels[index]).join(''),
        predicted: indices.map((index) => evaluation.predicted[index]).join(''),
        pixels: base64(pack(selectDigits(test, indices).images)),
      },
      'results/widget-check.json': {
        epsilon: context.options.example.epsilon,
        images: await attackEach(context, test, drawn.indices.slice(0, checks)),
      },
      'results/sweep-images.bin': pack(drawn.digits.images),
    };
  },
});

/** Indices in the order of the test set: the first of each class, and every one that is misclassified. */
function selection({ labels, predicted }: Evaluation, perClass: number): number[] {
  const taken = new Map<string, number>();
  return Array.from(labels, (_, index) => index).filter((index) => {
    const label = labels[index]!;
    if (predicted[index] !== label) return true;
    const count = (taken.get(label) ?? 0) + 1;
    taken.set(label, count);
    return count <= perClass;
  });
}

/** The packed bytes; the same on every machine, which the platform's own zlib does not promise. */
function pack(bytes: Uint8Array): Uint8Array {
  return deflateSync(bytes, { level: 9, mem: 12 });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

async function attackEach(context: StageContext, test: Digits, indices: number[]) {
  const { run, progress } = context;
  const { epsilon, steps } = context.options.example;
  const network = await readNetwork(context);
  const stepCounts = [...new Set([1, steps])];
  progress.start(indices.length);
  return Promise.all(
    indices.map(async (index) => {
      const digit = selectDigits(test, [index]);
      const runs = await Promise.all(
        stepCounts.map((count) => run(attackDigit, { network, ...digit, epsilon, steps: count })),
      );
      progress.tick(1);
      return {
        index,
        label: digit.labels[0]!,
        image: base64(digit.images.subarray(0, PIXELS)),
        original: runs[0]!.original.prediction.probabilities,
        attacks: runs.map(({ path }) => ({
          signs: path.map(({ signs }) => signs),
          perturbed: path[path.length - 1]!.prediction.probabilities,
        })),
      };
    }),
  );
}
