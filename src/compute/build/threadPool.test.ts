import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createInlinePool } from './inlinePool.ts';
import { createThreadPool, type ThreadPoolOptions } from './threadPool.ts';
import type { tasks } from './testing/threadTasks.ts';
import type { WorkerPool } from './workerPool.ts';

type TestPool = WorkerPool<typeof tasks>;

const href = new URL('./testing/threadTasks.ts', import.meta.url).href;

function newPool(size: number, more: Partial<ThreadPoolOptions> = {}): TestPool {
  const pool = createThreadPool<typeof tasks>({ size, backend: null, tasks: href, ...more });
  onTestFinished(() => pool.close());
  return pool;
}

const newCounter = (): SharedArrayBuffer => new SharedArrayBuffer(4);
const valueOf = (counter: SharedArrayBuffer): number => new Int32Array(counter)[0]!;

type Faults = Partial<Parameters<typeof tasks.lockstep>[0]>;

function lockstep(pool: TestPool, counter: SharedArrayBuffer, faults: Faults = {}, parties = pool.size) {
  return pool.runAll(
    'lockstep',
    (count, barrier) => {
      const shared = new SharedArrayBuffer(4 * count);
      return Array.from({ length: count }, (_, party) => ({
        barrier,
        party,
        rounds: 50,
        shared,
        counter,
        ...faults,
      }));
    },
    { parties },
  );
}

describe.each([
  ['createThreadPool({ size: 2 })', () => newPool(2)],
  ['createInlinePool()', () => createInlinePool<typeof tasks>({ tasks: href })],
])('%s', (_, create) => {
  test('run(name, args) gives what the task returns, map(name, args) in order', async () => {
    const pool = create();
    expect(await pool.run('double', { value: 21 })).toBe(42);
    const values = Array.from({ length: 20 }, (__, value) => ({ value }));
    expect(await pool.map('double', values)).toEqual(values.map(({ value }) => 2 * value));
  });

  test('run(name, args, { onReport }) passes reports on in order', async () => {
    const seen: unknown[] = [];
    await create().run('report', { values: [1, 2, 3] }, { onReport: (value) => seen.push(value) });
    expect(seen).toEqual([1, 2, 3]);
  });

  test('run(name, args, { onReport }) passes a report on while the task holds its thread', async () => {
    const answer = new SharedArrayBuffer(4);
    const onReport = (): void => {
      Atomics.store(new Int32Array(answer), 0, 42);
      Atomics.notify(new Int32Array(answer), 0);
    };
    expect(await create().run('ask', { answer }, { onReport })).toBe(42);
  });

  test("run(name, args) comes to the task's own error, and does it once only", async () => {
    const counter = newCounter();
    const pool = create();
    await expect(pool.run('fail', { counter })).rejects.toMatchObject({
      name: 'RangeError',
      message: 'gradient is not finite: NaN at image 3',
    });
    expect(valueOf(counter)).toBe(1);
    expect(await pool.run('double', { value: 1 })).toBe(2);
  });

  test('run(name, args) throws on an unknown task, with those that there are', async () => {
    await expect(create().run('dubble' as 'double', { value: 1 })).rejects.toThrow(
      "unknown task: 'dubble', expected one of double, fail, die, report, ask, unsendable, never, lockstep",
    );
  });

  test('runAll(name, prepare) throws on more parties than there are threads', async () => {
    const pool = create();
    await expect(lockstep(pool, newCounter(), {}, pool.size + 1)).rejects.toThrow(
      `invalid parties: ${pool.size + 1}, expected 1 to ${pool.size}`,
    );
  });
});

describe('createThreadPool(options)', () => {
  test('does a task once more when its thread dies', async () => {
    const counter = newCounter();
    const pool = newPool(2);
    expect(await pool.run('die', { counter, deaths: 1 })).toBe(2);
    expect(await pool.map('double', [{ value: 1 }, { value: 2 }, { value: 3 }])).toEqual([2, 4, 6]);
  });

  test('gives up with the task and the exit code when the thread dies again', async () => {
    const counter = newCounter();
    const pool = newPool(1);
    await expect(pool.run('die', { counter, deaths: 9 })).rejects.toThrow(
      "a worker thread ended while it ran 'die' (exit code 3)",
    );
    expect(valueOf(counter)).toBe(2);
    expect(await pool.run('double', { value: 1 })).toBe(2);
  });

  test('comes to the fault of arguments or a result that cannot be sent, once only, and goes on', async () => {
    const counter = newCounter();
    const pool = newPool(1);
    const value = (() => 1) as unknown as number;
    await expect(pool.run('double', { value })).rejects.toThrow('could not be cloned');
    await expect(pool.run('unsendable', { counter })).rejects.toThrow('could not be cloned');
    expect(valueOf(counter)).toBe(1);
    expect(await pool.run('double', { value: 1 })).toBe(2);
  });

  test('does groups and single tasks in the order in which they come, none waiting for another for ever', async () => {
    const pool = newPool(2);
    const counter = newCounter();
    const groups = [lockstep(pool, newCounter()), lockstep(pool, counter, { mortal: 1 })];
    const doubled = pool.map('double', [{ value: 1 }, { value: 2 }, { value: 3 }]);
    groups.push(lockstep(pool, newCounter()), lockstep(pool, newCounter(), {}, 1));
    expect(await doubled).toEqual([2, 4, 6]);
    expect((await Promise.all(groups)).map(({ length }) => length)).toEqual([2, 2, 2, 1]);
    expect(valueOf(counter)).toBe(2);
  });

  test.each([1, 2, 3])('runAll(name, prepare) runs in lockstep on %i distinct threads', async (size) => {
    const pool = newPool(size);
    const results = await lockstep(pool, newCounter());
    expect(new Set(results.map(({ threadId }) => threadId)).size).toBe(size);
    for (const { values } of results) expect(values).toEqual(results[0]!.values);
    const again = await lockstep(pool, newCounter());
    expect(again[0]!.values).toEqual(results[0]!.values);
  });

  test('runAll(name, prepare) does all once more, with fresh memory, when one thread dies in the middle', async () => {
    const pool = newPool(3);
    const undisturbed = await lockstep(pool, newCounter());
    const counter = newCounter();
    const disturbed = await lockstep(pool, counter, { mortal: 1 });
    expect(valueOf(counter)).toBe(2);
    expect(disturbed.map(({ values }) => values)).toEqual(undisturbed.map(({ values }) => values));
  });

  test('runAll(name, prepare) gives up when a thread dies twice, and leaves none waiting', async () => {
    const pool = newPool(2);
    await expect(lockstep(pool, newCounter(), { mortal: 0, deaths: 2 })).rejects.toThrow(
      "a worker thread ended while it ran 'lockstep'",
    );
    expect((await lockstep(pool, newCounter())).length).toBe(2);
  });

  test("runAll(name, prepare) comes to a task's own error, not to the others' broken barrier", async () => {
    const pool = newPool(2);
    await expect(lockstep(pool, newCounter(), { thrower: 1 })).rejects.toThrow('a fault of its own');
    expect((await lockstep(pool, newCounter())).length).toBe(2);
  });

  test('runAll(name, prepare) throws if there are not as many arguments as parties', async () => {
    await expect(newPool(2).runAll('double', () => [{ value: 1 }])).rejects.toThrow(
      'invalid arguments: 1, expected one for each of 2 threads',
    );
  });

  test('close() ends tasks that never would', async () => {
    const pool = newPool(2);
    const running = pool.run('never', {});
    const closed = pool.close();
    await expect(running).rejects.toThrow('the worker pool is closed');
    await closed;
    await expect(pool.run('double', { value: 1 })).rejects.toThrow('the worker pool is closed');
  });

  test.skipIf(!existsSync('/proc/self/task'))('close() leaves no thread', async () => {
    const threads = async (): Promise<number> => (await readdir('/proc/self/task')).length;
    const pool = newPool(2);
    await lockstep(pool, newCounter());
    const before = await threads();
    await pool.close();
    expect(await threads()).toBe(before - 2);
  });

  test('ends with the reason of its signal', async () => {
    const controller = new AbortController();
    const running = newPool(1, { signal: controller.signal }).run('never', {});
    controller.abort(new Error('stopped by SIGTERM'));
    await expect(running).rejects.toThrow('stopped by SIGTERM');
  });

  test('throws what keeps a thread from starting', async () => {
    const pool = newPool(2, { tasks: new URL('./nowhere.ts', import.meta.url).href });
    await expect(pool.run('double', { value: 1 })).rejects.toThrow('nowhere.ts');
  });

  test.each([0, -1, 1.5, Number.NaN])('throws on a size of %d', (size) => {
    expect(() => createThreadPool({ size, backend: null })).toThrow(`invalid number of workers: ${size}`);
  });
});
