import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test.each(['handin', 'setup:gpu'])(
  'npm run %s -- --foo is refused with the usage, and does nothing',
  (name) => {
    const file = name === 'handin' ? 'handin.ts' : 'setupGpu.ts';
    const script = join(import.meta.dirname, file);
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--foo'], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain("Unknown option '--foo'");
    expect(stderr).toContain(`Usage: npm run ${name}`);
  },
);
