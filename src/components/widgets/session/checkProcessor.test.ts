import { expect, it, vi } from 'vitest';
import { checkProcessor } from './checkProcessor.ts';
import type { Engine } from './engine.ts';
import type { Status } from './status.ts';

const probabilities = [0.9, 0.1, 0, 0, 0, 0, 0, 0, 0, 0];
const subjects = Array.from({ length: 4 }, (_, i) => ({
  pixels: new Float32Array(784).fill(i / 10),
  label: 0,
}));

/** An engine that computes the same for each image, or what is given for one of that grey. */
function engineOn(
  backend: 'webgl' | 'cpu',
  { other = {}, fails = false }: { other?: Record<string, number[]>; fails?: boolean } = {},
) {
  const run = vi.fn((name: string, request: { pixels: Float32Array } | null) => {
    if (fails) return Promise.reject(new Error('The network could not be run in this browser.'));
    const pixels = request?.pixels ?? new Float32Array(784);
    const prediction = { logits: [], probabilities: other[pixels[0]!.toFixed(1)] ?? probabilities };
    const step = { prediction, loss: 1, signs: new Int8Array(784).fill(1), perturbed: pixels };
    const result = name === 'predict' ? prediction : { label: 0, original: step, path: [step] };
    const device = { backend, precision: 'float32', software: false };
    return Promise.resolve({ result, device, milliseconds: 1 });
  });
  const end = vi.fn();
  return { engine: { run, end } as unknown as Engine, run, end };
}

async function all(
  engine: Engine,
  processor: Engine,
  signal = new AbortController().signal,
): Promise<Status[]> {
  const found: Status[] = [];
  const options = { signal, tell: () => undefined };
  for await (const status of checkProcessor(engine, processor, subjects, 0, options)) {
    found.push(status);
  }
  return found;
}

it('says how many images agree with the processor, and ends its engine', async () => {
  const processor = engineOn('cpu');
  const statuses = await all(engineOn('webgl').engine, processor.engine);
  expect(statuses.map(({ state }) => state)).toEqual(Array(4).fill('reproduced'));
  expect(statuses.at(-1)!.details).toContain('3 of 3 more');
  expect(processor.end).toHaveBeenCalledOnce();
});

it('says that it differs when one of the further images does', async () => {
  const other = { '0.2': probabilities.toReversed() };
  const statuses = await all(engineOn('webgl', { other }).engine, engineOn('cpu').engine);
  expect(statuses.at(-1)).toMatchObject({ state: 'differs' });
  expect(statuses.at(-1)!.details).toContain('2 of 3 more');
});

it('compares nothing where the processor computes already', async () => {
  const processor = engineOn('cpu');
  const [status, ...more] = await all(engineOn('cpu').engine, processor.engine);
  expect(status).toMatchObject({ state: 'computed' });
  expect(status!.details).toContain('no second computation');
  expect(more).toEqual([]);
  expect(processor.run).not.toHaveBeenCalled();
});

it('ends the processor at once when it is given up, however long a job takes', async () => {
  const { engine: processor, run, end } = engineOn('cpu');
  run.mockReturnValue(new Promise(() => undefined));
  const checking = new AbortController();
  void all(engineOn('webgl').engine, processor, checking.signal);
  await vi.waitFor(() => expect(run).toHaveBeenCalled());
  checking.abort();
  expect(end).toHaveBeenCalledOnce();
});

it('says so when either computation fails, and ends quietly when it is given up', async () => {
  const failing = engineOn('cpu', { fails: true });
  const details = 'The comparison failed: The network could not be run in this browser.';
  for (const [engine, processor] of [
    [engineOn('webgl'), failing],
    [engineOn('webgl', { fails: true }), engineOn('cpu')],
  ] as const) {
    expect(await all(engine.engine, processor.engine)).toEqual([{ state: 'unavailable', details }]);
  }
  await expect(all(engineOn('webgl').engine, failing.engine, AbortSignal.abort())).rejects.toThrow('abort');
  expect(failing.end).toHaveBeenCalledTimes(2);
});
