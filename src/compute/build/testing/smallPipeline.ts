// Three tiny stages, one after the other, for tests of the pipeline itself. What they write depends on options and
// inputs, and on nothing else.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Stage } from '../../experiments/stage.ts';
import { smallOptions } from '../../options.ts';
import type { PipelineOptions } from '../runPipeline.ts';
import { createInlinePool } from '../workerPool.ts';

const entry = import.meta.filename;

/** Bytes of text, or of a value as JSON. */
export function bytesOf(content: unknown): Uint8Array {
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
}

/** Each writes its name, its options and its input; the first has two outputs, the last reads the first's too. */
export const smallStages: Stage[] = [
  {
    name: 'first',
    entry,
    options: ({ seeds }) => seeds.training,
    outputs: ['models/one.bin', 'results/first.json'],
    compute({ options, progress }) {
      progress.start(2);
      progress.tick(1);
      progress.tick(1);
      return Promise.resolve({
        'models/one.bin': bytesOf(`model ${options.seeds.training}`),
        'results/first.json': bytesOf({ seed: options.seeds.training }),
      });
    },
  },
  {
    name: 'second',
    entry,
    options: ({ sweep }) => sweep,
    inputs: ['models/one.bin'],
    outputs: ['results/second.json'],
    async compute({ options, input, progress }) {
      progress.start(1);
      const model = await readFile(input('models/one.bin'), 'utf8');
      progress.tick(1);
      return { 'results/second.json': bytesOf({ model, sweep: options.sweep }) };
    },
  },
  {
    name: 'third',
    entry,
    options: () => null,
    inputs: ['models/one.bin', 'results/second.json'],
    outputs: ['results/third.json'],
    async compute({ input, progress }) {
      progress.start(1);
      const second = await readFile(input('results/second.json'), 'utf8');
      progress.tick(1);
      return { 'results/third.json': bytesOf({ length: second.length }) };
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
    sharedCode: [],
    createPool: createInlinePool,
    ...more,
  };
}
