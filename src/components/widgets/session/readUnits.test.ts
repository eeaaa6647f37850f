import { expect, it } from 'vitest';
import type { InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import type { Engine } from './engine.ts';
import { readUnits, type UnitTrial } from './readUnits.ts';

const labels = '3'.repeat(1_000);
const images = new Uint8Array(1_000 * 784);

/** An engine that in each of the units reads this share of the images correctly, and remembers how many it was given. */
function engineThatReads(shares: Partial<Record<InputUnits, number>>, pace = 1) {
  const jobs: { units: InputUnits; count: number }[] = [];
  const asked: Partial<Record<InputUnits, number>> = {};
  const run = (_: string, { pixels }: { pixels: Float32Array }, { units }: { units: InputUnits }) => {
    const count = pixels.length / 784;
    jobs.push({ units, count });
    const before = asked[units] ?? 0;
    asked[units] = before + count;
    const [earlier, now] = [before, before + count].map((n) => Math.round(n * (shares[units] ?? 0)));
    return Promise.resolve({
      result: '3'.repeat(now! - earlier!).padEnd(count, '-'),
      milliseconds: pace * count,
    });
  };
  return { engine: { run } as unknown as Engine, asked, jobs };
}

async function last(trials: AsyncGenerator<UnitTrial>): Promise<UnitTrial> {
  let trial: UnitTrial | undefined;
  for await (trial of trials);
  return trial!;
}

it('readUnits(engine, digits) finds the best units, and drops those that are clearly worse at once', async () => {
  const { engine, asked } = engineThatReads({ '-1..1': 0.95, '0..1': 0.3 });
  const { readings, best } = await last(readUnits(engine, { images, labels }));
  expect(best).toBe('-1..1');
  expect(asked).toEqual({ '0..1': 11, '0..255': 11, mnist: 11, '-1..1': 1_000 });
  expect(readings.find(({ units }) => units === '-1..1')).toMatchObject({ correct: 950, images: 1_000 });
});

it('readUnits(engine, digits) reads all images in units that come close, and takes the plainest of equal ones', async () => {
  const { engine, asked } = engineThatReads({ '0..1': 0.9, mnist: 0.95, '0..255': 0.95 });
  expect((await last(readUnits(engine, { images, labels }))).best).toBe('0..255');
  expect(asked).toMatchObject({ '0..1': 1_000, mnist: 1_000, '0..255': 1_000 });
});

it('readUnits(engine, digits, { candidates }) reads all images in the units that are given', async () => {
  const { engine, asked } = engineThatReads({ mnist: 0.1 });
  const { readings, best, total, decided } = await last(
    readUnits(engine, { images, labels }, { candidates: ['mnist'] }),
  );
  expect({ best, total, readings, decided }).toEqual({
    decided: true,
    best: 'mnist',
    total: 1_000,
    readings: [{ units: 'mnist', correct: 100, images: 1_000 }],
  });
  expect(asked).toEqual({ mnist: 1_000 });
});

it('readUnits(engine, digits) tells of the first images before it goes on, and stops with the engine', async () => {
  const { engine } = engineThatReads({ '0..1': 1 });
  const trials = readUnits(engine, { images, labels });
  expect((await trials.next()).value).toMatchObject({ best: '0..1', decided: false, total: 1_000 });
  engine.run = () => Promise.reject(new Error('The network was stopped.'));
  await expect(trials.next()).rejects.toThrow('The network was stopped.');
});

it('readUnits(engine, digits) gives one image first, more where that was quick, and to a slow device one at a time', async () => {
  const sizesOf = async (pace: number) => {
    const { engine, jobs } = engineThatReads({ '0..1': 1 }, pace);
    await last(readUnits(engine, { images, labels: labels.slice(0, 300) }, { candidates: ['0..1'] }));
    return [...new Set(jobs.slice(0, -1).map(({ count }) => count))];
  };
  expect(await sizesOf(0.5)).toEqual([1, 10, 100]);
  expect(await sizesOf(50)).toEqual([1, 10]);
  expect(await sizesOf(500)).toEqual([1]);
});
