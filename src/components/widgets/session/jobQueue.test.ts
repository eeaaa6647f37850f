import { describe, expect, it } from 'vitest';
import { createJobQueue } from './jobQueue.ts';

describe('createJobQueue()', () => {
  it('lets the newest job of a key win and returns the one that it replaces', () => {
    const queue = createJobQueue<number>();
    expect(queue.add('slider', 'reader', 1)).toBeUndefined();
    expect(queue.add('slider', 'reader', 2)).toBe(1);
    expect(queue.add('slider', 'reader', 3)).toBe(2);
    expect(queue.take()).toBe(3);
    expect(queue.take()).toBeUndefined();
  });

  it('takes what the reader waits for first, then the check, then the background, the oldest of each first', () => {
    const queue = createJobQueue<string>();
    queue.add('a', 'background', 'curve');
    queue.add('b', 'check', 'check 1');
    queue.add('c', 'check', 'check 2');
    queue.add('d', 'reader', 'slider');
    expect([queue.take(), queue.take(), queue.take(), queue.take()]).toEqual([
      'slider',
      'check 1',
      'check 2',
      'curve',
    ]);
  });

  it('remove(key) takes out one job, clear() all', () => {
    const queue = createJobQueue<number>();
    queue.add('a', 'reader', 1);
    queue.add('b', 'reader', 2);
    expect(queue.remove('a')).toBe(1);
    expect(queue.remove('a')).toBeUndefined();
    expect(queue.clear()).toEqual([2]);
    expect(queue.take()).toBeUndefined();
  });
});
