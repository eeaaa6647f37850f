// What a command does when nobody takes what it says.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../src/compute/build/testing/temporaryFolder.ts';
import { computeCommand } from './childProcess.ts';

async function run(args: string[], stdout: 'pipe' | number) {
  const child = spawn(process.execPath, [computeCommand, ...args], { stdio: ['ignore', stdout, 'pipe'] });
  let errors = '';
  child.stderr!.on('data', (data: Buffer) => (errors += data.toString()));
  child.stdout?.once('data', () => child.stdout!.destroy());
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, errors };
}

test('npm run compute | head -1 stops like any other command, and leaves nothing unfinished', async () => {
  const root = join(await temporaryFolder(), 'root');
  const args = ['--preset', 'small', '--backend', 'wasm', '--workers', '1', '--root', root];
  expect(await run(args, 'pipe')).toEqual({ code: 141, errors: '' });
  expect(await readdir(join(dirname(root), '.compute/root'))).toEqual(['lock', 'lock-holder.txt']);
});

test.skipIf(!existsSync('/dev/full'))('npm run compute > /dev/full says that it cannot say it', async () => {
  const { code, errors } = await run(['--help'], openSync('/dev/full', 'w'));
  expect(errors).toMatch(/^\nthe output cannot be written: ENOSPC[^\n]*\n$/);
  expect(code).toBe(1);
});
