// The example of a network: an image of the class that the report's question names, under attack.
import { argmax } from '../../../compute/statistics.ts';
import type { Engine } from './engine.ts';
import { findImage, listImages, type LibraryFiles } from './imageLibrary.ts';
import { computedStatus } from './status.ts';

/** What the example of a network is: the first image of a class that it reads correctly, and ε. */
export interface ExampleRule {
  label: number;
  epsilon: number;
}

/**
 * Attacks the first image of a class that is read correctly, in one step; the first of all if none is.
 *
 * @throws like the engine, or once the signal aborts
 */
export async function attackExample(
  engine: Engine,
  { label, epsilon }: ExampleRule,
  library: LibraryFiles,
  signal: AbortSignal,
) {
  const examples = [];
  for (const { image, pixels } of await firstOf(label, library)) {
    const request = { pixels, label, epsilon, steps: 1, clip: true };
    const { result, device, milliseconds } = await engine.run('attack', request, { signal });
    signal.throwIfAborted();
    const correct = argmax(result.original.prediction.probabilities) === label;
    examples.push({
      correct,
      result: { ...result, image, epsilon, clip: true, pixels, labelFromPrediction: false },
      status: computedStatus(argmax(result.path[0]!.prediction.probabilities), device, milliseconds),
    });
    if (correct) break;
  }
  return examples.find(({ correct }) => correct) ?? examples[0]!;
}

/** The first images of a class in the test set, as far as all of them are in the selection. */
async function firstOf(label: number, library: LibraryFiles) {
  const listed = (await listImages(library)).filter((image) => image.label === label);
  // Beyond the last that the report's network reads, the selection has those that it misreads, and no others.
  const end = listed.findLastIndex(({ predicted }) => predicted === label) + 1;
  return Promise.all(
    listed.slice(0, end).map(async ({ index: image }) => {
      const { pixels } = await findImage(library, image);
      return { image, pixels };
    }),
  );
}
