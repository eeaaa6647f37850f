// In place of training: takes the network out of a file, finds the units of its input, and publishes it like a trained one.
import { bestUnits, inputUnitNames, withUnits, type InputUnits } from '../networks/import/inputUnits.ts';
import { readNetwork, type NamedFile } from '../networks/import/readNetwork.ts';
import { modelJson, weightsToBytes } from '../networks/modelFiles.ts';
import { accuracy } from '../results/curve.ts';
import { modelPaths } from '../results/files.ts';
import { sweepImages } from './digits.ts';
import { predictAll } from './evaluate.ts';
import { defineStage, optionsAt, type Stage } from './stage.ts';

export interface NetworkFiles {
  /** The file that was named, then those that belong to it. */
  files: NamedFile[];
  /** SHA-256 of their bytes, one after the other. */
  sha256: string;
  /** The units of its input; found out if left out. */
  units?: InputUnits | undefined;
}

/** The stage that stands in the place of training. Its `compute` throws like `readNetwork`. */
export function importNetwork({ files, sha256, units }: NetworkFiles): Stage {
  return defineStage({
    name: 'import',
    entry: import.meta.filename,
    options: (options) => ({
      ...optionsAt(['seeds.testImages', 'sweep.images'])(options),
      sha256,
      file: files[0]!.name,
      units: units ?? null,
    }),
    data: 'test',
    outputs: [modelPaths.json, modelPaths.weights, 'results/imported.json'],
    async compute(context) {
      const { options, progress } = context;
      const { network: read, notes } = await readNetwork(files);
      const { labels, digits } = await sweepImages(options);
      progress.start(inputUnitNames.length * digits.labels.length);
      const accuracies = {} as Record<InputUnits, number>;
      for (const name of inputUnitNames) {
        const predicted = await predictAll(context, withUnits(read, name), digits).catch((error: unknown) => {
          // In other units than its own a network may leave the range of float32.
          if (error instanceof RangeError) return '';
          throw error;
        });
        accuracies[name] = accuracy(labels, predicted).value;
      }
      const chosen = units ?? bestUnits(accuracies);
      const network = withUnits(read, chosen);
      return {
        [modelPaths.json]: Buffer.from(`${JSON.stringify(modelJson(network))}\n`),
        [modelPaths.weights]: weightsToBytes(network.weights),
        'results/imported.json': {
          file: files[0]!.name,
          sha256,
          name: network.name,
          notes,
          units: chosen,
          unitsGiven: units !== undefined,
          accuracies,
          images: digits.labels.length,
        },
      };
    },
  });
}
