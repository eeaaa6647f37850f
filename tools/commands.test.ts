import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project } from '../src/compute/build/sources.ts';
import { temporaryFolder, writeFiles } from '../src/compute/build/testing/temporaryFolder.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

const runScript = (name: string, ...args: string[]) =>
  spawnSync(process.execPath, [...scripts[name]!.split(' ').slice(1), ...args], {
    cwd: project,
    encoding: 'utf8',
  });

test.each(['build', 'compute', 'verify', 'bench', 'speed', 'screenshots', 'handin', 'setup:gpu'])(
  'npm run %s -- --foo is refused in a sentence, and does nothing',
  (name) => {
    const { status, stdout, stderr } = runScript(name, '--foo');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain("Unknown option '--foo'");
    expect(stderr).not.toMatch(/^\s+at /m);
    if (name !== 'screenshots') expect(stderr).toContain(`Usage: npm run ${name}`);
  },
);

test('npm run build -- --network FILE --out FOLDER takes no folder that holds anything but such a report', async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, { 'notes.txt': 'mine', 'dist/index.html': '' });
  const network = join(project, 'samples/torch-dense.onnx');
  for (const [out, holds] of [
    [folder, 'notes.txt'],
    [join(project, 'src'), 'components'],
    [join(folder, 'dist'), 'index.html'],
  ] as const) {
    const { status, stderr } = runScript('build', '--network', network, '--out', out);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringContaining(`invalid --out: '${out}' holds ${holds}, which`) as string,
    });
  }
});
