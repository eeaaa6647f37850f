import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ask, double, exit, fail, meet, never, report, rest, unsendable } from './testing/workerTasks.ts';
import { createInlinePool, createThreadPool, type WorkerPool } from './workerPool.ts';

const tasks = new URL('./testing/workerTasks.ts', import.meta.url).href;

function newPool(size: number, from = tasks): WorkerPool {
  const pool = createThreadPool({ size, backend: null, tasks: from });
  onTestFinished(() => pool.close());
  return pool;
}

function runMeeting({ run }: WorkerPool, count: number) {
  const begun = new SharedArrayBuffer(4);
  return Promise.all(Array.from({ length: count }, () => run(meet, { begun, count })));
}

describe.each([
  ['createThreadPool({ size: 2 })', () => newPool(2)],
  ['createInlinePool()', createInlinePool],
])('%s', (_, create) => {
  test('run(task, args) gives what the task returns', async () => {
    const { run } = create();
    expect(await run(double, { value: 21 })).toBe(42);
    const values = Array.from({ length: 20 }, (__, i) => i);
    expect(await Promise.all(values.map((value) => run(double, { value })))).toEqual(
      values.map((value) => 2 * value),
    );
  });

  test('run(task, args, onReport) passes reports on in order', async () => {
    const seen: unknown[] = [];
    expect(await create().run(report, { values: [1, 2, 3] }, (value) => seen.push(value))).toBe('reported');
    expect(seen).toEqual([1, 2, 3]);
  });

  test('run(task, args, onReport) passes a report on while the task holds its thread', async () => {
    const answer = new SharedArrayBuffer(4);
    const onReport = (): void => {
      Atomics.store(new Int32Array(answer), 0, 42);
      Atomics.notify(new Int32Array(answer), 0);
    };
    expect(await create().run(ask, { answer }, onReport)).toBe(42);
  });

  test("run(task, args) throws the task's own error, and does it once only", async () => {
    const counter = new SharedArrayBuffer(4);
    const { run } = create();
    await expect(run(fail, { counter })).rejects.toMatchObject({
      name: 'RangeError',
      message: 'gradient is not finite: NaN at image 3',
    });
    expect(new Int32Array(counter)[0]).toBe(1);
    expect(await run(double, { value: 1 })).toBe(2);
  });

  test('run(task, args) throws when the pool is closed', async () => {
    const pool = create();
    await pool.close();
    await expect(pool.run(double, { value: 1 })).rejects.toThrow('the worker pool is closed');
  });
});

describe('createThreadPool(options)', () => {
  test('throws on an unknown task, with those that there are', async () => {
    const dubble = (value: number): number => value;
    await expect(newPool(1).run(dubble, 1)).rejects.toThrow(
      "unknown task: 'dubble', expected one of double, fail, exit, report, rest, ask, unsendable, never, meet",
    );
  });

  test('throws what keeps arguments or a result from being sent, and goes on', async () => {
    const { run } = newPool(1);
    await expect(run(double, { value: (() => 1) as unknown as number })).rejects.toThrow(
      'could not be cloned',
    );
    await expect(run(unsendable, {})).rejects.toThrow('could not be cloned');
    expect(await run(double, { value: 1 })).toBe(2);
  });

  test('fails with the task and the exit code when a thread ends, and leaves none waiting', async () => {
    const { run } = newPool(2);
    // The one worker waits for another that never comes.
    const waiting = run(meet, { begun: new SharedArrayBuffer(4), count: 2 });
    const queued = [run(exit, {}), run(double, { value: 1 })];
    const message = "a worker thread ended while it ran 'exit' (exit code 3)";
    for (const one of [waiting, ...queued]) await expect(one).rejects.toThrow(message);
    await expect(run(double, { value: 1 })).rejects.toThrow(message);
  });

  test.each([1, 2, 3])('runs %i tasks that wait for each other on as many threads', async (size) => {
    const threads = await runMeeting(newPool(size), size);
    expect(new Set(threads).size).toBe(size);
  });

  test('a thread begins a task when the one before it is done, however it waits', async () => {
    const { run } = newPool(1);
    const done: number[] = [];
    const waits = [20, 5, 0].map(async (wait) => {
      expect(await run(rest, { wait }, (value) => done.push(value))).toBe(wait);
    });
    await Promise.all(waits);
    expect(done).toEqual([20, 5, 0]);
  });

  test('close() ends tasks that never would, blocked ones too', async () => {
    const pool = newPool(2);
    const running = [pool.run(never, {}), pool.run(meet, { begun: new SharedArrayBuffer(4), count: 2 })];
    const settled = Promise.allSettled(running);
    await pool.close();
    for (const one of await settled)
      expect(one).toMatchObject({ reason: new Error('the worker pool is closed') });
  });

  test.skipIf(!existsSync('/proc/self/task'))('close() leaves no thread', async () => {
    const threads = async (): Promise<number> => (await readdir('/proc/self/task')).length;
    const pool = newPool(2);
    await runMeeting(pool, 2);
    const before = await threads();
    await pool.close();
    expect(await threads()).toBe(before - 2);
  });

  test('throws what keeps a thread from starting', async () => {
    const { run } = newPool(2, new URL('./nowhere.ts', import.meta.url).href);
    await expect(run(double, { value: 1 })).rejects.toThrow('nowhere.ts');
  });
});
