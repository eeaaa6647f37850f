import { describe, expect, it } from 'vitest';
import { accuracies, curveStatus, runCurve, type CurveProgress } from './curveRun.ts';
import type { Engine } from './engine.ts';
import type { Jobs } from './protocol.ts';

/** An engine that reads every image as a one, in a time that the test sets. */
function engineThatTakes(milliseconds: number, backend = 'webgl') {
  const sizes: number[] = [];
  const engine = {
    run: (_name: string, { labels, epsilons }: { labels: Uint8Array; epsilons: number[] }) => {
      sizes.push(labels.length);
      return Promise.resolve({
        result: { predicted: epsilons.map(() => '1'.repeat(labels.length)) },
        milliseconds,
        tensors: 8,
        device: { backend, precision: 'float32', software: false },
      });
    },
  } as unknown as Engine;
  return { engine, sizes };
}

const labels = '1'.repeat(125) + '0'.repeat(125);
const curve = { images: new Uint8Array(250 * 784), labels, epsilons: [0, 0.1, 0.2], steps: 1 };

async function collect(progress: AsyncIterable<CurveProgress>): Promise<CurveProgress[]> {
  const seen = [];
  for await (const one of progress) seen.push(one);
  return seen;
}

/** What must not be asked: runs on the processor, and those that are soon done, need no other engine. */
const never = { run: () => expect.unreachable() } as unknown as Engine;
const options = { signal: new AbortController().signal, tell: () => undefined, processor: never };

describe('runCurve(engine, case, options)', () => {
  it('predicts every image at every ε and ends at a share of 1, the last slice shorter', async () => {
    for (const steps of [1, 5]) {
      const { engine, sizes } = engineThatTakes(500, 'cpu');
      const images = { images: new Uint8Array(245 * 784), labels: labels.slice(0, 245) };
      const seen = await collect(runCurve(engine, { ...curve, ...images, steps }, options));
      expect([...new Set(sizes)]).toEqual([1, 10, 4]);
      expect(seen.at(-1)!.share).toBe(1);
      expect(seen.at(-1)!.predicted).toEqual(['1'.repeat(245), '1'.repeat(245), '1'.repeat(245)]);
      expect(accuracies(images.labels, seen.at(-1)!.predicted)).toEqual(Array(3).fill(125 / 245));
    }
  });

  it('stays with one image at a time where that takes seconds', async () => {
    const { engine, sizes } = engineThatTakes(3_000, 'cpu');
    await collect(runCurve(engine, { ...curve, labels: labels.slice(0, 4) }, options));
    expect(sizes).toEqual([1, 1, 1, 1]);
  });

  it('judges by jobs that go all steps, as those at ε = 0 do not', async () => {
    const [quick, slow] = [engineThatTakes(100), engineThatTakes(3_000)];
    const run = ((_name, request: Jobs['sweep']['request'], options) =>
      (request.epsilons[0] === 0 ? quick : slow).engine.run('sweep', request, options)) as Engine['run'];
    const few = { ...curve, labels: labels.slice(0, 3), steps: 5 };
    const seen = await collect(runCurve({ ...slow.engine, run }, few, options));
    expect(slow.sizes).toEqual(Array(6).fill(1));
    expect(seen.slice(-3).map(({ left }) => left)).toEqual([2 * 3_000, 3_000, 0]);
  });

  it('takes larger slices on a fast device', async () => {
    const { engine, sizes } = engineThatTakes(5);
    await collect(runCurve(engine, curve, options));
    expect(sizes).toEqual([1, 10, 100, 100, 39]);
  });

  it('leaves the rest to another engine that is faster where WebGL would take long, and says so', async () => {
    const [webgl, cpu] = [engineThatTakes(2000), engineThatTakes(500, 'cpu')];
    const seen = await collect(runCurve(webgl.engine, curve, { ...options, processor: cpu.engine }));
    expect(webgl.sizes).toHaveLength(4);
    expect(cpu.sizes).toEqual([1, ...Array<number>(24).fill(10), 5]);
    expect(seen[4]!.device).toMatchObject({ backend: 'cpu', because: 'tried beside WebGL' });
    expect(seen.at(-1)).toMatchObject({ share: 1, device: { because: 'faster here than WebGL' } });
    expect(seen.at(-1)!.predicted).toEqual(Array(3).fill('1'.repeat(250)));
  });

  it('stays with WebGL where that is faster or soon done, and with the processor where there is nothing else', async () => {
    const slower = engineThatTakes(4000, 'cpu');
    const webgl = engineThatTakes(2000);
    const seen = await collect(runCurve(webgl.engine, curve, { ...options, processor: slower.engine }));
    expect(slower.sizes).toHaveLength(3);
    expect(seen.at(-1)!.device).toEqual({ backend: 'webgl', precision: 'float32', software: false });
    await collect(runCurve(engineThatTakes(100).engine, curve, options));
    await collect(runCurve(engineThatTakes(2000, 'cpu').engine, curve, options));
  });

  it('judges no device by its first image, at which a GPU is at its slowest', async () => {
    const { engine } = engineThatTakes(30);
    const seen = await collect(runCurve(engine, { ...curve, steps: 5 }, options));
    expect(seen.slice(0, 4).map(({ left }) => left)).toEqual(Array(4).fill(undefined));
  });

  it('estimates what is left from the second job of a size on, by the quickest', async () => {
    const seen = await collect(runCurve(engineThatTakes(500, 'cpu').engine, curve, options));
    expect(seen.slice(1, 3).map(({ left }) => left)).toEqual([undefined, 22.9 * 500]);
    expect(seen.at(-1)!.left).toBe(0);
  });

  it('ends as soon as it is aborted', async () => {
    const running = new AbortController();
    const { engine, sizes } = engineThatTakes(500, 'cpu');
    await expect(async () => {
      for await (const { share } of runCurve(engine, curve, { ...options, signal: running.signal })) {
        if (share > 0.05) running.abort();
      }
    }).rejects.toThrow('abort');
    expect(sizes.length).toBeLessThanOrEqual(4);
  });
});

describe('curveStatus(labels, stored, progress)', () => {
  const device = { backend: 'webgl', precision: 'float32', software: false } as const;
  const done = { share: 1, left: 0, device, milliseconds: 2440 };

  it('says how far a curve has come, and how long it takes once that is known', () => {
    const progress = { ...done, share: 0.25, predicted: [] };
    expect(curveStatus('', [], { ...progress, left: undefined })).toEqual({
      state: 'running',
      details: '25\u00a0% · webgl float32',
    });
    expect(curveStatus('', [], { ...progress, left: 9000 }).details).toContain(' · about 9.0\u00a0s left · ');
  });

  it('gives the largest difference of an accuracy and counts the predictions that differ', () => {
    expect(curveStatus('01', ['01', '00'], { ...done, predicted: ['01', '11'] })).toEqual({
      state: 'reproduced',
      details: 'largest difference 0.0 points · 2 of 4 predictions differ · webgl float32 · 2.4\u00a0s',
    });
    expect(curveStatus('01', ['01', '01'], { ...done, predicted: ['01', '11'] })).toEqual({
      state: 'differs',
      details: 'largest difference 50.0 points · 1 of 4 predictions differ · webgl float32 · 2.4\u00a0s',
    });
  });

  it('is reproduced up to half a point', () => {
    const ones = (count: number) => '1'.repeat(count).padEnd(1000, '0');
    const stateOf = (count: number) =>
      curveStatus('1'.repeat(1000), [ones(1000)], { ...done, predicted: [ones(count)] }).state;
    expect([stateOf(995), stateOf(994)]).toEqual(['reproduced', 'differs']);
  });
});
