// Runs the small preset into a root with other seeds of the training: `otherTraining.ts ROOT`.
import { compute } from '../../src/compute/build/compute.ts';
import { smallOptions } from '../../src/compute/options.ts';

smallOptions.seeds = { ...smallOptions.seeds, initialWeights: 3, training: 4 };
await compute({ preset: 'small', backend: 'wasm', root: process.argv[2]! });
