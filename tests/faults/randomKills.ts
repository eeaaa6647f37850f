// Builds of the whole report, killed at random moments and edited while they run, in a clone of the project:
// `node tests/faults/randomKills.ts [--kills 60] [--edits 20] [--seed 1]`. Takes an hour or more, so it is no test of
// `npm test`; kill.test.ts and smallPreset.test.ts kill small builds at every moment.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { digestsUnder } from '../../src/compute/build/filesUnder.ts';
import { readManifest } from '../../src/compute/build/manifest.ts';
import { project } from '../../src/compute/build/sources.ts';
import { createGenerator } from '../../src/compute/data/generator.ts';
import { BUILD_MARK } from '../../tools/replaceFolder.ts';

const { kills, edits, seed } = parseArgs({
  options: {
    kills: { type: 'string', default: '60' },
    edits: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
}).values;
const generator = createGenerator(Number(seed));
const draw = <T>(choices: readonly T[]): T => choices[generator.integer(0, choices.length - 1)]!;

const folder = join(await realpath(await mkdtemp(join(tmpdir(), 'random-kills-'))), 'project');
spawnSync('git', ['clone', '-q', project, folder], { stdio: 'inherit' });
await symlink(join(project, 'node_modules'), join(folder, 'node_modules'));
const [publicFolder, dist] = [join(folder, 'public'), join(folder, 'dist')];

const faults: string[] = [];
function check(holds: boolean, fault: string): void {
  if (holds) return;
  faults.push(fault);
  console.log(`  FAULT: ${fault}`);
}

/** Starts an npm script in a process group of its own, as a terminal does. */
function start(...script: string[]) {
  const child = spawn('npm', ['run', ...script], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  return { pid: child.pid!, ended };
}

function isAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

const outputs = async (): Promise<Record<string, string>> => ({
  ...(await digestsUnder(join(publicFolder, 'results'))),
  ...(await digestsUnder(join(publicFolder, 'models'))),
});

/** Whether dist is what one build wrote, to the last file. */
async function distIsWhole(): Promise<boolean> {
  const present = Object.keys(await digestsUnder(dist)).filter((path) => path !== BUILD_MARK);
  const marked = (await readFile(join(dist, BUILD_MARK), 'utf8').catch(() => '')).trim().split('\n');
  return present.join() === marked.join();
}

async function unfinishedWork(): Promise<string[]> {
  const work = join(folder, '.compute');
  const names = existsSync(work) ? await readdir(work, { recursive: true }) : [];
  return names.filter((name) => /\/(staging|new|old|.*\.(tmp|json))$/.test(name));
}

async function killBuild(expected: { results: Record<string, string>; dist: Record<string, string> }) {
  const removable = Object.keys(expected.results).filter((path) => path !== 'manifest.json');
  const path = draw(removable);
  for (const part of ['results', 'models']) await rm(join(publicFolder, part, path), { force: true });
  const signal = draw(['SIGINT', 'SIGTERM', 'SIGKILL'] as const);
  const delay = generator.integer(0, 30_000);
  const { pid, ended } = start('build');
  const finished = await Promise.race([ended.then(() => true), setTimeout(delay, false)]);
  if (!finished) process.kill(-pid, signal);
  await ended;
  console.log(`${path} removed, ${finished ? 'finished' : `${signal} after ${delay} ms`}`);
  for (let wait = 0; isAlive(pid) && wait < 100; wait++) await setTimeout(100);
  check(!isAlive(pid), `${signal}: something is still running`);
  if (signal !== 'SIGKILL')
    check((await unfinishedWork()).length === 0, `${signal}: left ${(await unfinishedWork()).join()}`);
  check(await distIsWhole(), `${signal} after ${delay} ms: dist is not whole`);
  for (const [name, digest] of Object.entries(await outputs()))
    if (name !== 'manifest.json') check(expected.results[name] === digest, `${name} is not the lock's`);
}

const edited = 'src/compute/experiments/randomSigns.ts';
const result = 'results/random-signs.json';

/** Builds one stage while its code changes; the record must name the code that ran. */
async function editDuringBuild(code: readonly string[], pairs: Set<string>): Promise<void> {
  await writeFile(join(folder, edited), code[0]!);
  await rm(join(publicFolder, result), { force: true });
  const delay = generator.integer(0, 4_000);
  const { ended } = start('compute', '--', '--only', 'random-signs');
  await setTimeout(delay);
  await writeFile(join(folder, edited), code[1]!);
  const { code: status } = await ended;
  const found = await recordOfResult();
  console.log(`edited after ${delay} ms: ended with ${status}`);
  check(found === undefined || pairs.has(found), `edited after ${delay} ms: the record names other code`);
}

async function recordOfResult(): Promise<string | undefined> {
  const record = (await readManifest(publicFolder)).stages['random-signs'];
  const { results } = { results: await digestsUnder(join(publicFolder, 'results')) };
  if (record?.outputs[result] === undefined || results['random-signs.json'] !== record.outputs[result])
    return undefined;
  return `${record.key} ${record.outputs[result]}`;
}

async function buildWhole(): Promise<{ results: Record<string, string>; dist: Record<string, string> }> {
  const { code, output } = await start('build').ended;
  if (code !== 0) throw new Error(`the build fails:\n${output}`);
  return { results: await outputs(), dist: await digestsUnder(dist) };
}

const expected = await buildWhole();
for (let i = 0; i < Number(kills); i++) await killBuild(expected);
const after = await buildWhole();
check(JSON.stringify(after) === JSON.stringify(expected), 'the last build differs from the first');

const text = await readFile(join(folder, edited), 'utf8');
const other = text.replace('SEED_STRIDE = 1_000', 'SEED_STRIDE = 1_001');
const pairs = new Set<string>();
for (const code of [other, text]) {
  await writeFile(join(folder, edited), code);
  await start('compute', '--', '--only', 'random-signs').ended;
  pairs.add((await recordOfResult())!);
}
check(pairs.size === 2, 'the edit changes nothing');
for (let i = 0; i < Number(edits); i++) await editDuringBuild(i % 2 ? [text, other] : [other, text], pairs);

await rm(join(folder, '..'), { recursive: true, force: true });
console.log(faults.length === 0 ? 'No fault.' : `${faults.length} faults:\n  ${faults.join('\n  ')}`);
process.exitCode = faults.length === 0 ? 0 : 1;
