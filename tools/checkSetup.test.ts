import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project } from '../src/compute/build/sources.ts';
import { temporaryFolder, writeFiles } from '../src/compute/build/testing/temporaryFolder.ts';
import { nodeFile, problemOf } from './checkSetup.cjs';

const right = { root: '/home/me/report', version: '22.23.2', script: 'build', installed: () => true };

describe('problemOf(setup)', () => {
  it('finds nothing wrong with a right set-up, nor with a production install that only builds', () => {
    expect(problemOf(right)).toBeUndefined();
    expect(problemOf({ ...right, installed: (name) => name !== 'vitest' })).toBeUndefined();
  });

  it.each([
    ['no packages', { installed: () => false }, /not installed: run `npm ci`\.$/],
    ['Node 20', { version: '20.20.2' }, /^This is Node 20\.20\.2, .*Node 22\.18 .*`npm ci`/],
    [
      'Node 20 beside a 22',
      { version: '20.20.2', linked: true },
      /^Node 22 has just been linked.* run the command again\.$/,
    ],
    ['Node 24', { version: '24.3.0' }, /^This is Node 24\.3\.0/],
    ['an early Node 22', { version: '22.12.0' }, /^This is Node 22\.12\.0/],
    [
      'tests without their packages',
      { script: 'test:unit', installed: (name: string) => name !== 'vitest' },
      /`npm run test:unit` needs .*`npm ci --include=dev`\.$/,
    ],
    ['# in the path', { root: '/home/me/c#/report' }, /lies in \/home\/me\/c#\/report: .*'#'/],
    ['% in the path', { root: '/home/me/50%' }, /'%'/],
    ['? in the path', { root: '/home/me/what?' }, /'\?'/],
  ])('says in one sentence what to do about %s', (_, change, message) => {
    expect(problemOf({ ...right, ...change })).toMatch(message);
  });
});

describe('package.json', () => {
  const { scripts, optionalDependencies } = JSON.parse(
    readFileSync(join(project, 'package.json'), 'utf8'),
  ) as {
    scripts: Record<string, string>;
    optionalDependencies: Record<string, string>;
  };

  it('lets every script begin with the check', () => {
    for (const [name, command] of Object.entries(scripts))
      expect(command, name).toMatch(/^(node (-r \.\/)?tools\/checkSetup\.cjs|npm run check &&)/);
  });

  it('brings one and the same Node for every platform that it names', () => {
    const platforms = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-arm64', 'win32-x64'];
    const names = platforms.map((one) => nodeFile(...(one.split('-') as [string, string])).split('/')[0]);
    expect(Object.keys(optionalDependencies).sort()).toEqual(names.sort());
    expect(new Set(Object.values(optionalDependencies))).toEqual(new Set(['22.23.2']));
  });
});

describe('checkSetup.cjs', () => {
  const run = (script: string, event: string) =>
    spawnSync(process.execPath, [script], {
      encoding: 'utf8',
      env: { ...process.env, npm_lifecycle_event: event },
    });

  it('ends with 0 here, and without a word', () => {
    const { status, stdout, stderr } = run(join(project, 'tools/checkSetup.cjs'), 'build');
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it.skipIf(process.platform === 'win32')('ends a script whose shell was killed', async () => {
    const preload = join(project, 'tools/checkSetup.cjs');
    const script = `process.once('SIGTERM', () => console.log('ended') || process.exit()); setInterval(() => 0, 1000); console.log('runs')`;
    const command = `'${process.execPath}' -r '${preload}' -e "${script}"; true`;
    const shell = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    for await (const data of shell.stdout as AsyncIterable<Buffer>) {
      output += data.toString();
      if (output === 'runs\n') shell.kill('SIGTERM');
    }
    expect(output).toBe('runs\nended\n');
  });

  it.skipIf(process.platform === 'win32')(
    'links the Node of the packages after an installation',
    async () => {
      const folder = await temporaryFolder();
      const file = nodeFile(process.platform, process.arch);
      await writeFiles(folder, { 'tools/none': '', [`node_modules/${file}`]: '#!/bin/sh\necho linked\n' });
      await mkdir(join(folder, 'node_modules/.bin'));
      await chmod(join(folder, 'node_modules', file), 0o755);
      const script = join(folder, 'tools/checkSetup.cjs');
      await copyFile(join(project, 'tools/checkSetup.cjs'), script);
      for (let times = 0; times < 2; times++)
        expect(run(script, 'postinstall')).toMatchObject({ status: 0, stderr: '' });
      expect(await readdir(join(folder, 'node_modules/.bin'))).toEqual(['node']);
      expect(spawnSync(join(folder, 'node_modules/.bin/node'), { encoding: 'utf8' }).stdout).toBe('linked\n');
      expect(run(script, 'build').stderr).toBe('\nThe packages are not installed: run `npm ci`.\n\n');
    },
  );
});
