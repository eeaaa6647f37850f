import { expect, it, vi } from 'vitest';
import type { InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import type { Engine } from './engine.ts';
import type { LibraryFiles } from './imageLibrary.ts';
import { openNetwork, type NetworkToOpen } from './openNetwork.ts';
import type { Status } from './status.ts';

const grey = (value: number) => new Float32Array(784).fill(value);

vi.mock('./imageLibrary.ts', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  fetchSweep: () => Promise.resolve({ labels: '7'.repeat(20) }),
  fetchSweepImages: () => Promise.resolve(new Uint8Array(20 * 784)),
  listImages: () => Promise.resolve([3, 5, 9].map((index) => ({ index, label: 7, predicted: 7 }))),
  findImage: (_: unknown, index: number) => Promise.resolve({ pixels: grey(index / 10), label: 7 }),
}));

interface FakeNetwork {
  multiplications?: number;
  /** The units in which it reads sevens, and which of the images. */
  units?: InputUnits;
  reads?: readonly number[];
  fails?: boolean;
  /** Whether it never answers what its images are. */
  hangs?: boolean;
}

/** A network whose engines remember what they did, in their order. */
function setUp({
  multiplications = 7_840,
  units = '0..255',
  reads = [5, 9],
  fails,
  hangs,
}: FakeNetwork = {}) {
  const asked: string[] = [];
  const ended: string[] = [];
  const connect: NetworkToOpen['connect'] = (backends) => {
    const backend = backends ? 'cpu' : 'webgl';
    let over = false;
    const end = () => {
      if (!over) ended.push(backend);
      over = true;
    };
    const run = (name: string, request: { pixels: Float32Array } | null, options: { units?: InputUnits }) => {
      asked.push(`${backend} ${name} ${options.units ?? ''}`.trim());
      if (over) return Promise.reject(new Error('The network was stopped.'));
      if (hangs && name === 'classify') return new Promise(() => undefined);
      if (fails) return Promise.reject(new Error('layer lstm: not supported'));
      const one = (label: number) => Array.from({ length: 10 }, (_, digit) => Number(digit === label));
      const read = reads.some((index) => request?.pixels[0] === Math.fround(index / 10)) ? 7 : 1;
      const reading = { prediction: { probabilities: one(read) } };
      const results: Record<string, unknown> = {
        describe: { layers: [], multiplications, notes: [], sha256: '' },
        classify: (options.units === units ? '7' : '1').repeat((request?.pixels.length ?? 0) / 784),
        predict: { probabilities: one(2) },
        attack: {
          label: 7,
          original: reading,
          path: [
            {
              ...reading,
              signs: new Int8Array(784),
              perturbed: grey(0),
              prediction: { probabilities: one(2) },
            },
          ],
        },
      };
      const device = { backend, precision: 'float32', software: false };
      return Promise.resolve({ result: results[name], device, milliseconds: 1 });
    };
    return { run, end } as unknown as Engine;
  };
  const open = (known?: InputUnits, signal = new AbortController().signal) =>
    openNetwork(
      { name: 'mine.onnx', units: known, connect },
      { label: 7, epsilon: 0.3 },
      {} as LibraryFiles,
      { signal, tell: () => undefined },
    );
  return { asked, ended, open };
}

it('finds the units and attacks the first image that is read correctly, both on the processor', async () => {
  const { asked, ended, open } = setUp();
  const opened = await open();
  expect(asked.every((job) => job.startsWith('cpu'))).toBe(true);
  expect(opened).toMatchObject({
    units: '0..255',
    unitsKnown: false,
    exampleCorrect: true,
    counted: { best: '0..255', decided: true },
    view: { network: { name: 'mine.onnx' }, result: { image: 5, label: 7, epsilon: 0.3 }, built: false },
  });
  expect(opened.view.result.pixels).toEqual(grey(0.5));
  expect(ended).toEqual([]);
});

it('leaves a large network to WebGL', async () => {
  const { asked, open } = setUp({ multiplications: 3e7 });
  await open();
  expect(asked.filter((job) => job.startsWith('cpu'))).toEqual(['cpu describe']);
  expect(asked.at(-1)).toBe('webgl attack 0..255');
});

it('tries no units that are known, and others when the reader asks for them', async () => {
  const { asked, open } = setUp();
  const opened = await open('0..1');
  expect(asked).toEqual(['cpu describe', 'cpu attack 0..1', 'cpu attack 0..1']);
  const other = await opened.withUnits('mnist', {
    signal: new AbortController().signal,
    tell: () => undefined,
  });
  expect(other.units).toBe('mnist');
  expect(asked.at(-1)).toBe('webgl attack mnist');
  expect((await other.count().next()).value).toMatchObject({ readings: [{ units: 'mnist', images: 1 }] });
});

it('takes the first image of all where none is read correctly, and says so', async () => {
  const opened = await setUp({ reads: [] }).open('0..1');
  expect(opened).toMatchObject({ exampleCorrect: false, view: { result: { image: 3 } } });
});

it('ends both workers at once where opening is cancelled, however long a job takes', async () => {
  const { ended, open } = setUp({ hangs: true });
  const opening = new AbortController();
  void open(undefined, opening.signal);
  await new Promise((done) => setTimeout(done));
  opening.abort();
  expect(ended.sort()).toEqual(['cpu', 'webgl']);
});

it('leaves the workers of a network that is open to whoever shows it', async () => {
  const { ended, open } = setUp();
  const opening = new AbortController();
  await open(undefined, opening.signal);
  opening.abort();
  expect(ended).toEqual([]);
});

it('ends both workers of a network that is refused, or given up', async () => {
  const refused = setUp({ fails: true });
  await expect(refused.open()).rejects.toThrow('layer lstm: not supported');
  expect(refused.ended.sort()).toEqual(['cpu', 'webgl']);
  const givenUp = setUp();
  await expect(givenUp.open('0..1', AbortSignal.abort())).rejects.toThrow('abort');
  expect(givenUp.ended.sort()).toEqual(['cpu', 'webgl']);
});

it('checks again while the check before ends: each has an engine of its own on the processor', async () => {
  const { ended, open } = setUp();
  const opened = await open('0..1');
  const start = () => {
    const given = new AbortController();
    const statuses = opened.check({ signal: given.signal, tell: () => undefined });
    return { given, statuses: statuses[Symbol.asyncIterator]() };
  };
  const before = start();
  await before.statuses.next();
  const again = start();
  await again.statuses.next();
  before.given.abort();
  await expect(before.statuses.next()).rejects.toThrow('abort');
  let last: Status | undefined;
  for (let step = await again.statuses.next(); !step.done; step = await again.statuses.next())
    last = step.value;
  expect(last).toMatchObject({ state: 'reproduced' });
  expect(last!.details).toContain('20 of 20 more');
  expect(ended).toEqual(['cpu', 'cpu']);
});
