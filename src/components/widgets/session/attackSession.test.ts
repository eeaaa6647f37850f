import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSession, type OpenNetwork } from './attackSession.ts';
import type { Engine } from './engine.ts';
import { pending } from './fillIn.ts';
import type { Done, JobName } from './protocol.ts';
import { checkBuild } from './selfCheck.ts';
import { builtView, type BuiltExample, type View } from './view.ts';

/** An image of one grey, in base64. */
const grey = (value: number) => Buffer.alloc(784, value).toString('base64');
const built = [0.1, 0.9, 0, 0, 0, 0, 0, 0, 0, 0];
const reading = { prediction: { probabilities: built }, loss: 1 };
const example: BuiltExample = {
  index: 0,
  label: 0,
  epsilon: 0.3,
  image: grey(100),
  signs: ['+'.repeat(784)],
  original: reading,
  path: [reading],
  quantised: built,
  curve: { epsilons: '0', label: '1', rival: '0', predicted: '0' },
};

const packed = (bytes: Uint8Array) => deflateRawSync(bytes);

/** What the fetched files hold: two further images, and of those that can be chosen number 5 alone. */
const contents: Record<string, string | Uint8Array<ArrayBuffer>> = {
  images: JSON.stringify({
    indices: [5],
    labels: '4',
    predicted: '4',
    pixels: packed(new Uint8Array(784)).toString('base64'),
  }),
  sweepImages: new Uint8Array(packed(new Uint8Array(784))),
  curve: JSON.stringify({ clipped: { indices: [6], labels: '2', predicted: ['2'] } }),
  check: JSON.stringify({
    epsilon: 0.3,
    images: [1, 2].map((value) => ({
      label: 0,
      image: grey(value),
      original: built,
      attacks: [{ signs: example.signs, perturbed: built }],
    })),
  }),
};
const file = (name: string) => {
  const sha256 = createHash('sha256')
    .update(contents[name] ?? '')
    .digest('hex');
  // Files are kept for the page: each test has files of its own.
  return { url: `${name}?${++visits}`, bytes: 0, sha256 };
};
let visits = 0;
let status = 200;

interface Asked {
  name: JobName;
  request: { pixels: Float32Array; epsilon: number; steps: number };
  signal: AbortSignal;
  priority: string;
  tell: (words: string) => void;
  answer: (probabilities?: number[]) => Promise<void>;
  fail: (message: string) => Promise<void>;
}

/** A session whose jobs the test answers. */
function setUp(other: Partial<OpenNetwork> = {}) {
  const asked: Asked[] = [];
  const views: View[] = [];
  const engine = {
    run: (
      name: JobName,
      request: Asked['request'],
      options: Pick<Asked, 'signal' | 'tell'> & { priority?: string },
    ) =>
      new Promise<Done<JobName>>((resolve, reject) => {
        const settle = async (done: () => void) => {
          done();
          await vi.advanceTimersByTimeAsync(0);
        };
        const { signal, tell, priority = 'reader' } = options;
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        const answer = (probabilities = built) => {
          const prediction = { logits: [], probabilities };
          const step = { signs: new Int8Array(784).fill(1), perturbed: request.pixels, prediction, loss: 1 };
          const path = Array.from({ length: request.steps }, () => step);
          const result = name === 'predict' ? prediction : { label: 0, original: step, path };
          const device = { backend: 'webgl', precision: 'float32', software: false } as const;
          return settle(() => resolve({ result, device, milliseconds: 1 }));
        };
        asked.push({
          name,
          request,
          signal,
          priority,
          tell,
          answer,
          fail: (message) => settle(() => reject(new Error(message))),
        });
      }),
  } as unknown as Engine;
  const files = { images: file('images'), sweepImages: file('sweepImages'), curve: file('curve') };
  const further = file('check');
  const network: OpenNetwork = {
    engine,
    view: builtView(example),
    check: (options) => checkBuild(engine, example, further, options),
  };
  const session = openSession({ ...network, ...other }, files, (view) => views.push(view));
  return {
    session,
    asked,
    next: async () => {
      await vi.waitUntil(() => asked.length > 0);
      return asked.shift()!;
    },
    view: () => views.at(-1)!,
  };
}

beforeEach(() => {
  status = 200;
  vi.useFakeTimers();
  vi.stubGlobal('fetch', (url: string) =>
    Promise.resolve(new Response(contents[url.split('?')[0]!] ?? '', { status })),
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('check()', () => {
  it('checks the example, then the further images, and counts those that are reproduced', async () => {
    const { session, next, view } = setUp();
    void session.check();
    expect(view().status).toEqual({ state: 'running', details: 'one step' });
    const other = built.toReversed();
    for (const probabilities of [built, built, built, built, built, other]) {
      await (await next()).answer(probabilities);
    }
    await vi.waitUntil(() => view().status.details.includes('of 2 more'));
    expect(view().status.details).toContain('1 of 2 more');
    expect(view().status.state).toBe('differs');
  });

  it('asked for again while it runs: the second alone goes on, and is told to its end', async () => {
    const { session, asked, next, view } = setUp();
    void session.check();
    const first = await next();
    void session.check();
    expect(first.signal.aborted).toBe(true);
    await (await next()).answer();
    await (await next()).answer();
    expect(view().status.state).toBe('reproduced');
    await vi.waitUntil(() => asked.length > 0);
    expect(asked).toHaveLength(1);
  });

  it('says which further images could not be checked, while the example’s check stands', async () => {
    const { session, next, view } = setUp();
    status = 503;
    void session.check();
    await (await next()).answer();
    await (await next()).answer();
    await vi.waitUntil(() => view().status.details.includes('further images'));
    expect(view().status.state).toBe('reproduced');
    expect(view().status.details).toContain('The further images are not where they should be (status 503).');
  });

  it('says what is fetched, and then what runs', async () => {
    const { session, next, view } = setUp();
    void session.check();
    const job = await next();
    job.tell('fetching the weights · 40 %');
    expect(view().status).toEqual({ state: 'running', details: 'fetching the weights · 40 %' });
    job.tell('');
    expect(view().status.details).toBe('one step');
  });

  it('that differs checks no further image', async () => {
    const { session, asked, next, view } = setUp();
    void session.check();
    await (await next()).answer(built.toReversed());
    await (await next()).answer(built.toReversed());
    expect(view().status.state).toBe('differs');
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual([]);
  });

  it('computes the example’s curve again that could not be computed', async () => {
    const check = async function* () {};
    const { session, next, view } = setUp({ view: { ...builtView(example), curve: pending }, check });
    void session.check();
    await vi.advanceTimersByTimeAsync(250);
    await (await next()).fail('the worker is gone');
    expect(view().curve).toContain('could not be computed');
    void session.check();
    expect(view().curve).toBe(pending);
    await vi.advanceTimersByTimeAsync(250);
    for (let i = 0; i <= 101; i++) await (await next()).answer();
    expect(view().curve).toHaveProperty('epsilons');
  });

  it('lets the reader go first', async () => {
    const { session, next } = setUp();
    void session.check();
    const check = await next();
    void session.change({ epsilon: 0.1 });
    expect([check.priority, (await next()).priority]).toEqual(['background', 'reader']);
  });

  it('does not hide what the reader asked for meanwhile', async () => {
    const { session, next, view } = setUp();
    void session.check();
    const check = await next();
    void session.change({ epsilon: 0.1 });
    const own = await next();
    await own.answer();
    expect(view().status.state).toBe('computed');
    await check.answer();
    await (await next()).answer();
    expect(view().status.state).toBe('computed');
    void session.change({ epsilon: 0.3 });
    expect(view().status.state).toBe('reproduced');
  });
});

describe('change(change)', () => {
  it('shows the newest answer, and never one that is older than what is shown', async () => {
    const { session, next, view } = setUp();
    void session.change({ epsilon: 0.1 });
    const first = await next();
    void session.change({ epsilon: 0.2 });
    expect(first.signal.aborted).toBe(true);
    const second = await next();
    await second.answer();
    expect(view().result.epsilon).toBe(0.2);
    expect(view().built).toBe(false);
    void session.change({ epsilon: 0.3 });
    expect(view()).toMatchObject({ built: true, result: { epsilon: 0.3 } });
  });

  it('to what the build began with leads back from a class that the attack moved towards', async () => {
    const { session, next, view } = setUp();
    void session.change({ target: 3 });
    await (await next()).answer();
    expect(view().built).toBe(false);
    void session.change(builtView(example).state);
    expect(view()).toMatchObject({ built: true, state: { target: undefined } });
  });

  it('is said to run after 300 ms without an answer, and until the newest request has one', async () => {
    const { session, next, view } = setUp();
    void session.change({ epsilon: 0.1 });
    await vi.advanceTimersByTimeAsync(299);
    expect(view().status.state).toBe('static');
    await vi.advanceTimersByTimeAsync(1);
    expect(view().status).toEqual({ state: 'running', details: 'your settings' });
    await (await next()).answer();
    expect(view().status.state).toBe('computed');
    await vi.advanceTimersByTimeAsync(1000);
    expect(view().status.state).toBe('computed');
  });

  it('that fails shows the build’s result with the reason, which no check hides, and can be asked for again', async () => {
    const { session, next, view } = setUp();
    void session.check();
    const check = await next();
    void session.change({ epsilon: 0.1 });
    await (await next()).fail('not finite');
    const reason = { state: 'unavailable', details: 'These settings could not be computed: not finite.' };
    expect(view()).toMatchObject({ built: true, state: { epsilon: 0.3 }, status: reason });
    await check.answer();
    await (await next()).answer();
    await vi.advanceTimersByTimeAsync(1000);
    expect(view().status).toEqual(reason);
    void session.retry();
    for (let job = await next(); job.priority !== 'reader'; job = await next()) await job.answer();
    expect(view().state.epsilon).toBe(0.1);
  });

  it('of an image that is not offered says so, until the reader asks for something else', async () => {
    const { session, next, view } = setUp();
    void session.check();
    void session.change({ image: 77 });
    await (await next()).answer();
    await (await next()).answer();
    await vi.waitUntil(() => view().status.state === 'unavailable');
    expect(view().status.details).toContain('Test image 77 is not among those that this page offers.');
    void session.change({ epsilon: 0.3 });
    expect(view().status.state).toBe('reproduced');
  });

  it('follows ε once the reader pauses, and keeps the curve while only ε changes', async () => {
    const { session, asked, next, view } = setUp();
    void session.change({ steps: 2 });
    await (await next()).answer();
    expect(view().curve).toBe('The same image along ε is being computed.');
    expect(asked).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(250);
    const rounded = await next();
    expect(rounded).toMatchObject({ name: 'predict', priority: 'background' });
    await rounded.answer();
    expect(view().result.quantised).toEqual(built);
    for (let i = 0; i <= 50; i++) await (await next()).answer();
    const { curve } = view();
    expect(curve).toMatchObject({ epsilons: expect.arrayContaining([0, 0.5]) as number[] });
    void session.change({ epsilon: 0.1 });
    await (await next()).answer();
    expect(view().curve).toBe(curve);
    await vi.advanceTimersByTimeAsync(250);
    await (await next()).answer();
    expect(asked).toHaveLength(0);
  });

  it('keeps the result when what fills in fails, and says so', async () => {
    const { session, next, view } = setUp();
    void session.change({ clip: false });
    await (await next()).answer();
    await vi.advanceTimersByTimeAsync(250);
    await (await next()).fail('the worker is gone');
    expect(view().curve).toBe('The same image along ε could not be computed: the worker is gone.');
    expect(view()).toMatchObject({ built: false, status: { state: 'computed' } });
  });

  it('asks without the clip for no prediction in bytes', async () => {
    const { session, next } = setUp();
    void session.change({ clip: false });
    await (await next()).answer();
    await vi.advanceTimersByTimeAsync(250);
    expect((await next()).name).toBe('attack');
  });
});

describe('draw(subject)', () => {
  it('attacks the drawing, of the predicted class if it has no label', async () => {
    const { session, next, view } = setUp();
    const pixels = new Float32Array(784).fill(0.5);
    void session.draw({ pixels, label: undefined });
    const job = await next();
    expect(job.request).toMatchObject({ pixels, label: undefined, epsilon: 0.3, steps: 1, clip: true });
    await job.answer();
    expect(view().result).toMatchObject({ image: 'drawn', labelFromPrediction: true, pixels });
  });
});

describe('end()', () => {
  it('drops what waits and reports nothing any more', async () => {
    const { session, next, view } = setUp();
    void session.change({ epsilon: 0.1 });
    const job = await next();
    const before = view();
    session.end();
    expect(job.signal.aborted).toBe(true);
    await job.answer();
    expect(view()).toBe(before);
  });
});
