// Three tiny stages, one after the other, for tests of the pipeline itself. What they write depends on options and
// inputs, and on nothing else.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { smallOptions } from '../../options.ts';
import { createInlinePool } from '../inlinePool.ts';
import type { PipelineOptions } from '../runPipeline.ts';
import type { Stage } from '../stage.ts';

const entry = import.meta.filename;

/** Each writes its name, its options and its input; the first has two outputs, the last reads the first's too. */
export const smallStages: Stage[] = [
  {
    name: 'first',
    entry,
    options: ({ seeds }) => seeds.training,
    outputs: ['models/one.bin', 'results/first.json'],
    async run({ options, output, progress }) {
      progress.start('first', 2, 'images');
      await writeFile(output('models/one.bin'), `model ${options.seeds.training}`);
      progress.tick(1);
      await writeFile(output('results/first.json'), JSON.stringify({ seed: options.seeds.training }));
      progress.tick(1);
      progress.done();
    },
  },
  {
    name: 'second',
    entry,
    options: ({ sweep }) => sweep,
    inputs: ['models/one.bin'],
    outputs: ['results/second.json'],
    async run({ options, input, output, progress }) {
      progress.start('second', 1, 'images');
      const model = await readFile(input('models/one.bin'), 'utf8');
      progress.tick(1);
      await writeFile(output('results/second.json'), JSON.stringify({ model, sweep: options.sweep }));
    },
  },
  {
    name: 'third',
    entry,
    options: () => null,
    inputs: ['models/one.bin', 'results/second.json'],
    outputs: ['results/third.json'],
    async run({ input, output, progress }) {
      progress.start('third', 1, 'images');
      const second = await readFile(input('results/second.json'), 'utf8');
      progress.tick(1);
      await writeFile(output('results/third.json'), JSON.stringify({ length: second.length }));
    },
  },
];

/** Options that run the small stages into a root. */
export function smallPipeline(root: string, more: Partial<PipelineOptions> = {}): PipelineOptions {
  return {
    stages: smallStages,
    options: smallOptions,
    root,
    work: join(dirname(root), 'work'),
    backend: { name: 'wasm', identity: 'test', device: 'none' },
    dataFile: (name) => name,
    createPool: () => createInlinePool(),
    ...more,
  };
}
