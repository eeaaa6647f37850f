import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { installOptional } from './backends.ts';

const project = {
  name: 'report',
  private: true,
  peerDependencies: { addon: '1.0.0' },
  peerDependenciesMeta: { addon: { optional: true } },
};

it('npm with installOptional installs an optional peer and changes no file of the project', () => {
  // npm names itself to the scripts it runs; a test that is run by itself takes the one on the path.
  const npm = process.env.npm_execpath;
  const [command, ...before] = npm === undefined ? ['npm'] : [process.execPath, npm];
  const folder = mkdtempSync(join(tmpdir(), 'optional-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const manifest = join(folder, 'package.json');
  writeFileSync(manifest, JSON.stringify(project));
  mkdirSync(join(folder, 'addon'));
  writeFileSync(join(folder, 'addon/package.json'), JSON.stringify({ name: 'addon', version: '1.0.0' }));
  const args = [...before, ...installOptional, '--offline', '--install-links', './addon'];
  const { status, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  expect(existsSync(join(folder, 'node_modules/addon/package.json'))).toBe(true);
  expect(readFileSync(manifest, 'utf8')).toBe(JSON.stringify(project));
});
