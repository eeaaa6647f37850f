import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codeOf } from './codeOf.ts';
import { temporaryFolder, writeFiles } from './testing/temporaryFolder.ts';

const project = {
  'main.ts': `import { readFile } from 'node:fs/promises';
import pack from 'pack/part';
import { half } from './half.ts';
import type { Unit } from './unit.ts';
export const run = async (x: Unit) => pack(half(x), readFile);
`,
  'half.ts': 'export const half = (x: number) => x / 2;\nexport const unused = 3;\n',
  'unit.ts': 'export type Unit = number;\n',
  'node_modules/pack/package.json': '{ "name": "pack", "version": "1.2.3" }',
};

async function codeAfter(change: Partial<Record<keyof typeof project, string>> = {}) {
  const folder = await temporaryFolder();
  await writeFiles(folder, { ...project, ...change });
  const { sha256, packages } = await codeOf(join(folder, 'main.ts'));
  return { sha256, packages };
}

describe('codeOf(entry)', () => {
  test('is the same for the same text elsewhere', async () => {
    const folder = await temporaryFolder();
    await writeFiles(join(folder, 'deeper/copy'), project);
    const { files, ...code } = await codeOf(join(folder, 'deeper/copy/main.ts'));
    expect(code).toEqual(await codeAfter());
    expect(files.sort()).toEqual(['half.ts', 'main.ts'].map((name) => join(folder, 'deeper/copy', name)));
  });

  test('does not change with comments, whitespace, types and what is not used', async () => {
    const expected = await codeAfter();
    expect(
      await codeAfter({ 'main.ts': `// A comment.\n/*! A licence. */\n${project['main.ts']}\n\n` }),
    ).toEqual(expected);
    expect(await codeAfter({ 'half.ts': `${project['half.ts']}// Another.\n` })).toEqual(expected);
    expect(await codeAfter({ 'half.ts': project['half.ts'].replace('unused = 3', 'unused = 4') })).toEqual(
      expected,
    );
    expect(await codeAfter({ 'unit.ts': 'export type Unit = 1 | 2;\n' })).toEqual(expected);
  });

  test('changes with the code of the module and of what it imports', async () => {
    const { sha256 } = await codeAfter();
    expect(
      (await codeAfter({ 'main.ts': project['main.ts'].replace('half(x)', 'half(x) + 1') })).sha256,
    ).not.toBe(sha256);
    expect((await codeAfter({ 'half.ts': project['half.ts'].replace('/ 2', '* 0.5') })).sha256).not.toBe(
      sha256,
    );
  });

  test('names the packages it uses with their versions, and not what Node brings', async () => {
    expect((await codeAfter()).packages).toEqual({ pack: '1.2.3' });
    const updated = await codeAfter({
      'node_modules/pack/package.json': '{ "name": "pack", "version": "1.2.4" }',
    });
    expect(updated.packages).toEqual({ pack: '1.2.4' });
  });

  test('throws on a missing module, a missing import and a syntax error, with the file', async () => {
    const folder = await temporaryFolder();
    await expect(codeOf(join(folder, 'main.ts'))).rejects.toThrow('main.ts');
    await expect(codeAfter({ 'main.ts': "import './nowhere.ts';" })).rejects.toThrow('./nowhere.ts');
    await expect(codeAfter({ 'half.ts': 'export const half = (' })).rejects.toThrow('half.ts:1');
  });
});
