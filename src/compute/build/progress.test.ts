import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createReporter, duration, progressLine } from './progress.ts';

function captured({ isTTY }: { isTTY: boolean }) {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY, columns: 80, rows: 24 }), chunks };
}

describe('createReporter(stream)', () => {
  test('writes a plain line now and then to a log, and one at the end', () => {
    const { stream, chunks } = captured({ isTTY: false });
    let time = 0;
    const reporter = createReporter(stream, { now: () => time });
    reporter({ kind: 'started', stage: 'train', total: 40_000 });
    for (let second = 1; second <= 40; second++) {
      time = 1000 * second;
      const note = `epoch ${Math.ceil(second / 20)} of 2`;
      reporter({ kind: 'progressed', stage: 'train', images: 1000, note });
    }
    reporter({ kind: 'computed', stage: 'train' });
    expect(chunks.join('')).toBe(
      [
        'train · epoch 1 of 2 · 10,000 of 40,000 images · 1,000 images/s · 30 s left',
        'train · epoch 1 of 2 · 20,000 of 40,000 images · 1,000 images/s · 20 s left',
        'train · epoch 2 of 2 · 30,000 of 40,000 images · 1,000 images/s · 10 s left',
        'train · epoch 2 of 2 · 40,000 of 40,000 images · 1,000 images/s · 40 s',
        'train · epoch 2 of 2 · 40,000 of 40,000 images · 1,000 images/s · 40 s',
        '',
      ].join('\n'),
    );
  });

  test('keeps one live line on a terminal, above which other lines stay', () => {
    const { stream, chunks } = captured({ isTTY: true });
    let time = 0;
    const reporter = createReporter(stream, { now: () => (time += 150) });
    reporter({ kind: 'started', stage: 'train', total: 10 });
    reporter({ kind: 'progressed', stage: 'train', images: 5, note: undefined });
    reporter({ kind: 'said', text: 'a line that stays' });
    reporter({ kind: 'computed', stage: 'train' });
    const text = chunks.join('');
    expect(text).toContain('train · 5 of 10 images');
    expect(text).toContain('a line that stays\n');
    expect(text).toContain('\u001b[');
  });

  test('a reporter with no work shows no line', () => {
    const { stream, chunks } = captured({ isTTY: false });
    createReporter(stream)({ kind: 'ended' });
    expect(chunks).toEqual([]);
  });
});

describe('progressLine(state)', () => {
  test('leaves the rate out until something is done', () => {
    const state = { stage: 'train', note: 'epoch 1', done: 0, total: 5, seconds: 3 };
    expect(progressLine(state)).toBe('train · epoch 1 · 0 of 5 images');
    expect(progressLine({ ...state, done: 1 })).toBe(
      'train · epoch 1 · 1 of 5 images · 0.33 images/s · 12 s left',
    );
  });
});

describe('duration(seconds)', () => {
  test.each([
    [0, '0.0 s'],
    [9.94, '9.9 s'],
    [9.96, '10 s'],
    [59.6, '1 min 00 s'],
    [185, '3 min 05 s'],
  ])('of %d is %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});
