import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireBuildLock, workFolder } from '../../src/compute/build/buildLock.ts';
import { temporaryFolder } from '../../src/compute/build/testing/temporaryFolder.ts';
import { script, start } from './childProcess.ts';

test('acquireBuildLock(work) waits for another process and says for which', async () => {
  const work = join(await temporaryFolder(), 'work');
  const first = start(script('holdLock.ts'), [work]);
  await first.saying('held');
  const second = start(script('holdLock.ts'), [work]);
  await second.saying(`waiting for process ${first.pid} on `);
  first.kill('SIGTERM');
  await second.saying('held');
  second.kill('SIGKILL');
  await second.ended;
});

test('acquireBuildLock(work) is free again when the process that held it is killed', async () => {
  const work = join(await temporaryFolder(), 'work');
  const holder = start(script('holdLock.ts'), [work]);
  await holder.saying('held');
  holder.kill('SIGKILL');
  await holder.ended;
  const waits: string[] = [];
  (await acquireBuildLock(work, { onWait: (text) => waits.push(text) }))();
  expect(waits).toEqual([]);
});

test('acquireBuildLock(work, { signal }) stops waiting when it is aborted', async () => {
  const work = join(await temporaryFolder(), 'work');
  const release = await acquireBuildLock(work);
  const controller = new AbortController();
  const waiting = acquireBuildLock(work, {
    signal: controller.signal,
    onWait: () => controller.abort(new Error('stopped by SIGINT')),
  });
  await expect(waiting).rejects.toThrow('stopped by SIGINT');
  release();
});

test('workFolder(root) is one for all names of a root, made or not', async () => {
  const folder = await temporaryFolder();
  expect(await workFolder(join(folder, 'new/root'))).toBe(join(folder, 'new/.compute/root'));
  await mkdir(join(folder, 'root'));
  await symlink(join(folder, 'root'), join(folder, 'other name'));
  expect(await workFolder(join(folder, 'other name'))).toBe(join(folder, '.compute/root'));
  expect(await workFolder(join(folder, 'root/../root'))).toBe(join(folder, '.compute/root'));
});
