import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { writeFiles, temporaryFolder } from './testing/temporaryFolder.ts';
import { start } from '../../../tests/faults/childProcess.ts';
import { project } from './sources.ts';
import { run } from './run.ts';

const node = (code: string) => [process.execPath, ['-e', code]] as const;

test('run(command, args, options) says whether the command succeeded, also where there is none', async () => {
  expect(await run(...node('process.exit(0)'))).toBe(true);
  expect(await run(...node('process.exit(Number(process.env.CODE))'), { env: { CODE: '3' } })).toBe(false);
  expect(await run('no-such-command', [])).toBe(false);
});

test('run(command, args, { signal }) ends the command and throws the reason', async () => {
  const reason = new Error('stopped');
  const controller = new AbortController();
  const running = run(...node('setTimeout(() => undefined, 60_000)'), { signal: controller.signal });
  await setTimeout(100);
  controller.abort(reason);
  await expect(running).rejects.toBe(reason);
  expect(() => run(...node(''), { signal: controller.signal })).toThrow(reason);
});

test.each([
  ['npm run handin, in its first step,', 'tools/handin.ts'],
  ['a command that takes no signal', 'idle.ts'],
])('%s ends with 130 on SIGTERM', async (_, script) => {
  const folder = await temporaryFolder();
  const idle = 'console.log("at work"); setTimeout(() => undefined, 60_000);';
  const commands = JSON.stringify(join(project, 'src/compute/build/commands/runCommand.ts'));
  await writeFiles(folder, {
    'npm.mjs': idle,
    'idle.ts': `import { runCommand } from ${commands}; await runCommand(() => new Promise(() => { ${idle} }));`,
  });
  const path = script === 'idle.ts' ? join(folder, script) : join(project, script);
  const command = start(path, [], { npm_execpath: join(folder, 'npm.mjs') });
  await command.saying('at work');
  command.kill('SIGTERM');
  const { code, output } = await command.ended;
  expect({ code, output }).toEqual({
    code: 130,
    output: expect.stringContaining('stopped by SIGTERM') as string,
  });
});
