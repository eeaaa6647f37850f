import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEngine } from './engine.ts';
import type { Device, Message, Reply } from './protocol.ts';
import { download } from './siteFile.ts';

vi.mock('./siteFile.ts');

/** A worker that says what the test wants. */
class FakeWorker {
  onmessage: ((event: MessageEvent<Reply>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  terminated = false;
  messages: Message[] = [];
  postMessage(message: Message) {
    this.messages.push(message);
  }
  terminate() {
    this.terminated = true;
  }
  say(reply: Reply) {
    this.onmessage?.({ data: reply } as MessageEvent<Reply>);
  }
  crash() {
    this.onerror?.({} as ErrorEvent);
  }
  ready(backend: Device['backend'] = 'webgl') {
    this.say({ type: 'ready', device: { backend, precision: 'float32', software: false } });
  }
  get jobs() {
    return this.messages.filter((message) => message.type === 'job');
  }
  finish(result: unknown = {}) {
    this.say({ type: 'done', id: this.jobs.at(-1)!.id, result, milliseconds: 1, tensors: 8 });
  }
}

type Options = Parameters<ReturnType<typeof createEngine>['run']>[2];

function setUp(loadScript: (tell: (words: string) => void) => Promise<unknown> = () => Promise.resolve()) {
  const workers: FakeWorker[] = [];
  vi.mocked(download).mockImplementation(async (_url, _what, { tell } = {}) => {
    await loadScript(tell!);
    return new Uint8Array();
  });
  vi.stubGlobal(
    'Worker',
    class extends FakeWorker {
      constructor() {
        super();
        workers.push(this);
      }
    },
  );
  const engine = createEngine({ url: 'w.bin', bytes: 1, sha256: 'abc' }, 'worker.js');
  const predict = (value: number, options: Partial<Options> = {}) => {
    const done = engine.run(
      'predict',
      { pixels: Float32Array.of(value) },
      { signal: new AbortController().signal, ...options },
    );
    done.catch(() => undefined);
    return done;
  };
  return { workers, engine, predict };
}

/** Lets what waits for the script go on. */
const scriptLoads = () => vi.advanceTimersByTimeAsync(0);

const backendsOf = (workers: FakeWorker[]) =>
  workers.map(({ messages }) => (messages[0] as { backend: string }).backend);

const sentPixel = (worker: FakeWorker) =>
  (worker.jobs.at(-1) as { request: { pixels: Float32Array } }).request.pixels[0];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('createEngine(network, script)', () => {
  it('starts no worker before the first job', async () => {
    const { workers } = setUp();
    await scriptLoads();
    expect(workers).toHaveLength(0);
  });

  it('has one job done at a time, the reader’s first and the oldest of equals', async () => {
    const { workers, predict } = setUp();
    const first = predict(1, { priority: 'background' });
    await scriptLoads();
    workers[0]!.ready();
    void predict(2, { priority: 'background' });
    void predict(3, { priority: 'background' });
    void predict(4);
    void predict(5);
    const sent = [sentPixel(workers[0]!)];
    for (let i = 0; i < 4; i++) {
      workers[0]!.finish();
      sent.push(sentPixel(workers[0]!));
    }
    expect(sent).toEqual([1, 4, 5, 2, 3]);
    expect((await first).device.backend).toBe('webgl');
  });

  it('waits for a job as long as its worker goes on working, and for a pass as long as it may take', async () => {
    const { workers, predict } = setUp();
    const slow = predict(1);
    await scriptLoads();
    workers[0]!.ready();
    for (let i = 0; i < 5; i++) {
      workers[0]!.say({ type: 'working', milliseconds: 900 });
      await vi.advanceTimersByTimeAsync(20_890);
    }
    workers[0]!.finish('late');
    expect((await slow).result).toBe('late');
    expect(workers).toHaveLength(1);
    void predict(2);
    workers[0]!.say({ type: 'working', milliseconds: 900 });
    await vi.advanceTimersByTimeAsync(20_901);
    expect(workers).toHaveLength(2);
  });

  it('waits for the passes of a start as for what else is done in it', async () => {
    const { workers, predict } = setUp();
    void predict(1);
    await scriptLoads();
    workers[0]!.say({ type: 'working', milliseconds: 10 });
    await vi.advanceTimersByTimeAsync(59_990);
    expect(workers).toHaveLength(1);
  });

  it('drops a job whose signal aborts while it waits, and finishes one that has begun', async () => {
    const { workers, predict } = setUp();
    const [begun, waiting] = [new AbortController(), new AbortController()];
    const first = predict(1, { signal: begun.signal });
    await scriptLoads();
    workers[0]!.ready();
    const dropped = predict(2, { signal: waiting.signal });
    const last = predict(3);
    begun.abort();
    waiting.abort();
    await expect(dropped).rejects.toThrow('abort');
    workers[0]!.finish('one');
    expect((await first).result).toBe('one');
    expect(sentPixel(workers[0]!)).toBe(3);
    workers[0]!.finish('three');
    expect((await last).result).toBe('three');
    await expect(predict(4, { signal: begun.signal })).rejects.toThrow('abort');
  });

  it('tells what is waited for: the script, and what the worker fetches', async () => {
    const { workers, predict } = setUp((tell) => {
      tell('fetching the scripts');
      return Promise.resolve();
    });
    const told: string[] = [];
    void predict(1, { tell: (words) => told.push(words) });
    await scriptLoads();
    workers[0]!.say({ type: 'starting', words: 'fetching the weights' });
    workers[0]!.ready();
    expect(told).toEqual(['fetching the scripts', 'fetching the weights', '']);
  });

  it('fails with the reason when the script cannot be fetched, and fetches it again for the next job', async () => {
    let offline = true;
    const { workers, predict } = setUp(() =>
      offline ? Promise.reject(new Error('The connection may be down.')) : Promise.resolve(),
    );
    await expect(predict(1)).rejects.toThrow('The connection may be down.');
    offline = false;
    const again = predict(2);
    await scriptLoads();
    workers[0]!.ready();
    workers[0]!.finish('done');
    expect((await again).result).toBe('done');
  });

  it('ignores a reply to another job', async () => {
    const { workers, predict } = setUp();
    const job = predict(1);
    await scriptLoads();
    workers[0]!.ready();
    workers[0]!.say({ type: 'done', id: 999, result: 'wrong', milliseconds: 1, tensors: 8 });
    workers[0]!.finish('right');
    expect((await job).result).toBe('right');
  });

  it('does a job again on a new worker when the context is lost, then on the processor', async () => {
    const { workers, predict } = setUp();
    const job = predict(1);
    await scriptLoads();
    workers[0]!.ready();
    workers[0]!.say({ type: 'lost' });
    expect(workers[0]!.terminated).toBe(true);
    await scriptLoads();
    workers[1]!.ready();
    expect(sentPixel(workers[1]!)).toBe(1);
    workers[1]!.say({ type: 'lost' });
    await scriptLoads();
    expect(backendsOf(workers)).toEqual(['webgl', 'webgl', 'cpu']);
    workers[2]!.ready('cpu');
    workers[2]!.finish('done');
    expect(await job).toMatchObject({ result: 'done', device: { backend: 'cpu' } });
  });

  it('forgives a lost context once good work was done after it', async () => {
    const { workers, predict } = setUp();
    for (let i = 0; i < 4; i++) {
      const job = predict(i);
      await scriptLoads();
      workers[i]!.ready();
      workers[i]!.finish();
      await job;
      workers[i]!.say({ type: 'lost' });
      await scriptLoads();
    }
    expect(backendsOf(workers)).toEqual(['webgl', 'webgl', 'webgl', 'webgl']);
  });

  it('ends a worker that hangs', async () => {
    const { workers, predict } = setUp();
    const job = predict(1);
    await scriptLoads();
    workers[0]!.ready();
    await vi.advanceTimersByTimeAsync(20_001);
    expect(workers[0]!.terminated).toBe(true);
    workers[1]!.ready();
    workers[1]!.finish('done');
    expect((await job).result).toBe('done');
  });

  it('waits for a start as long as the worker says what it is doing', async () => {
    const { workers, predict } = setUp();
    void predict(1);
    await scriptLoads();
    for (let i = 0; i < 5; i++) {
      await vi.advanceTimersByTimeAsync(59_000);
      workers[0]!.say({ type: 'starting', words: `fetching the weights · ${i}` });
    }
    expect(workers).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(60_001);
    expect(workers).toHaveLength(2);
  });

  it('hears nothing more of a worker that it ended', async () => {
    const { workers, predict } = setUp();
    const job = predict(1);
    await scriptLoads();
    workers[0]!.ready();
    workers[0]!.crash();
    workers[0]!.say({ type: 'done', id: 1, result: 'late', milliseconds: 1, tensors: 8 });
    await scriptLoads();
    workers[1]!.ready();
    workers[1]!.finish('done');
    expect((await job).result).toBe('done');
  });

  it('fails all jobs when no worker starts, and tries anew at the next', async () => {
    const { workers, predict } = setUp();
    const jobs = [predict(1), predict(2)];
    for (let i = 0; i < 3; i++) {
      await scriptLoads();
      workers[i]!.crash();
    }
    for (const job of jobs) await expect(job).rejects.toThrow('could not be run in this browser');
    const again = predict(3);
    await scriptLoads();
    workers[3]!.ready();
    workers[3]!.finish('done');
    expect((await again).result).toBe('done');
    expect(backendsOf(workers)[3]).toBe('webgl');
  });

  it('fails with the reason when the weights are refused, without trying another worker', async () => {
    const { workers, predict } = setUp();
    const job = predict(1);
    await scriptLoads();
    workers[0]!.say({ type: 'refused', message: 'The weights are gone.' });
    await expect(job).rejects.toThrow('The weights are gone.');
    expect(workers).toHaveLength(1);
  });

  it('fails one job when it throws and goes on with the next', async () => {
    const { workers, predict } = setUp();
    const [bad, good] = [predict(NaN), predict(1)];
    await scriptLoads();
    workers[0]!.ready();
    workers[0]!.say({ type: 'failed', id: workers[0]!.jobs[0]!.id, message: 'not finite' });
    await expect(bad).rejects.toThrow('not finite');
    workers[0]!.finish('done');
    expect((await good).result).toBe('done');
    expect(workers).toHaveLength(1);
  });

  it('end() ends the worker and drops what waits; the next job starts a new one', async () => {
    const { workers, engine, predict } = setUp();
    const [active, waiting] = [predict(1), predict(2)];
    await scriptLoads();
    workers[0]!.ready();
    engine.end();
    expect(workers[0]!.terminated).toBe(true);
    for (const job of [active, waiting]) await expect(job).rejects.toThrow('stopped');
    void predict(3);
    await scriptLoads();
    expect(workers).toHaveLength(2);
  });
});
