import { expect, it } from 'vitest';
import type { InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import type { Engine } from './engine.ts';
import { readUnits, type UnitTrial } from './readUnits.ts';

const labels = '3'.repeat(1_000);
const images = new Uint8Array(1_000 * 784);

/** An engine that in each of the units reads this share of the images correctly, and counts them. */
function engineThatReads(shares: Partial<Record<InputUnits, number>>) {
  const asked: Partial<Record<InputUnits, number>> = {};
  const run = (_: string, { pixels }: { pixels: Float32Array }, { units }: { units: InputUnits }) => {
    const count = pixels.length / 784;
    asked[units] = (asked[units] ?? 0) + count;
    const correct = Math.round(count * (shares[units] ?? 0));
    return Promise.resolve({ result: '3'.repeat(correct).padEnd(count, '-'), milliseconds: 1 });
  };
  return { engine: { run } as unknown as Engine, asked };
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
  expect(asked).toEqual({ '0..1': 20, '0..255': 20, mnist: 20, '-1..1': 1_000 });
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
  expect((await trials.next()).value).toMatchObject({ best: '0..1', decided: true, total: 1_000 });
  engine.run = () => Promise.reject(new Error('The network was stopped.'));
  await expect(trials.next()).rejects.toThrow('The network was stopped.');
});
