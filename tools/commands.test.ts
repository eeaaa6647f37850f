import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { project } from '../src/compute/build/sources.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

test.each(['build', 'compute', 'verify', 'bench', 'speed', 'screenshots', 'handin', 'setup:gpu'])(
  'npm run %s -- --foo is refused in a sentence, and does nothing',
  (name) => {
    const args = scripts[name]!.split(' ').slice(1);
    const { status, stdout, stderr } = spawnSync(process.execPath, [...args, '--foo'], {
      cwd: project,
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain("Unknown option '--foo'");
    expect(stderr).not.toMatch(/^\s+at /m);
    if (name !== 'screenshots') expect(stderr).toContain(`Usage: npm run ${name}`);
  },
);
