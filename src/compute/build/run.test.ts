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

const idle = 'console.log("at work"); setTimeout(() => undefined, 60_000);';
test.each([
  [
    'a command that runs others',
    `(signal) => run(process.execPath, ['-e', ${JSON.stringify(idle)}], { signal })`,
  ],
  ['a command that takes no signal', `() => new Promise(() => { ${idle} })`],
])('%s ends with 130 on SIGTERM', async (_, command) => {
  const folder = await temporaryFolder();
  const at = (file: string) => JSON.stringify(join(project, 'src/compute/build', file));
  const script = `import { runCommand } from ${at('commands/runCommand.ts')};
    import { run } from ${at('run.ts')};
    await runCommand(${command});`;
  await writeFiles(folder, { 'command.ts': script });
  const running = start(join(folder, 'command.ts'), []);
  await running.saying('at work');
  running.kill('SIGTERM');
  const { code, output } = await running.ended;
  expect({ code, output }).toEqual({
    code: 130,
    output: expect.stringContaining('stopped by SIGTERM') as string,
  });
});
