// What the readers' browsers fetch when they are asked to: images to choose from, images to check, and
// the images of the sweeps.
import { writeFile } from 'node:fs/promises';
import { deflateSync } from 'fflate';
import { loadMnist, selectDigits, type Digits } from '../data/mnist.ts';
import { PIXELS } from '../networks/layers.ts';
import { modelPaths, resultPath } from '../results/files.ts';
import { widgetCheckSchema } from '../results/schema/widgetCheck.ts';
import { widgetImagesSchema } from '../results/schema/widgetImages.ts';
import { writeResult } from '../results/writeResult.ts';
import type { Stage, StageContext } from '../build/stage.ts';
import { readEvaluation } from './readEvaluation.ts';
import { readNetwork } from './readNetwork.ts';
import { sweepImages } from './sweepImages.ts';

const sweepImagesPath = 'results/sweep-images.bin';

/** Images of each class and all misread ones for the picker; images with their attacks for the check; the sweeps' images. */
export const widgetImages: Stage = {
  name: 'widget-images',
  entry: import.meta.filename,
  tasks: ['attackDigit'],
  options: ({ seeds: { testImages }, sweep: { images }, example, widgetImages: own }) => ({
    seeds: { testImages },
    sweep: { images },
    example: { epsilon: example.epsilon, steps: example.steps },
    widgetImages: own,
  }),
  inputs: [modelPaths.json, modelPaths.weights, resultPath('evaluation')],
  data: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
  outputs: [resultPath('widget-images'), resultPath('widget-check'), sweepImagesPath],
  async run(context) {
    const { options, output, provenance } = context;
    const test = await loadMnist('test');
    const evaluation = await readEvaluation(context);
    const indices = selection(evaluation, options.widgetImages.perClass);
    const chosen = selectDigits(test, indices);
    await writeResult(output(resultPath('widget-images')), widgetImagesSchema, {
      provenance,
      indices,
      labels: indices.map((index) => evaluation.labels[index]).join(''),
      predicted: indices.map((index) => evaluation.predicted[index]).join(''),
      pixels: Buffer.from(pack(chosen.images)).toString('base64'),
    });
    const drawn = await sweepImages(options);
    await writeFile(output(sweepImagesPath), pack(drawn.digits.images));
    const checked = drawn.indices.slice(0, options.widgetImages.checks);
    await writeResult(output(resultPath('widget-check')), widgetCheckSchema, {
      provenance,
      epsilon: options.example.epsilon,
      images: await attackEach(context, test, checked),
    });
  },
};

/** Indices in the order of the test set: the first of each class, and every one that is misread. */
function selection({ labels, predicted }: { labels: string; predicted: string }, perClass: number): number[] {
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

async function attackEach(
  { options, pool, progress, ...context }: StageContext,
  test: Digits,
  indices: number[],
) {
  const network = await readNetwork(context);
  const { epsilon, steps } = options.example;
  const counts = [...new Set([1, steps])];
  progress.start('widget-images', indices.length, 'images');
  const images = await Promise.all(
    indices.map(async (index) => {
      const digit = selectDigits(test, [index]);
      const runs = await Promise.all(
        counts.map((count) =>
          pool.run('attackDigit', { network, ...digit, epsilon, steps: count, alongEpsilons: [] }),
        ),
      );
      progress.tick(1);
      return {
        index,
        label: digit.labels[0]!,
        image: Buffer.from(digit.images.subarray(0, PIXELS)).toString('base64'),
        original: runs[0]!.original.prediction.probabilities,
        attacks: runs.map(({ path }) => ({
          signs: path.map(({ signs }) => signs),
          perturbed: path[path.length - 1]!.prediction.probabilities,
        })),
      };
    }),
  );
  progress.done();
  return images;
}
