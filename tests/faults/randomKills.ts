// Builds killed at random moments and edited while they run, in a clone of the project, as a terminal does it: the signal
// goes to npm and all that it started. `node tests/faults/randomKills.ts [--kills 60] [--edits 20] [--seed 1]`, after a
// build. Takes a quarter of an hour, so it is no test of `npm test`; kill.test.ts and smallPreset.test.ts kill small
// builds at every moment.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { digestsUnder, filesUnder } from '../../src/compute/build/files.ts';
import { readManifest } from '../../src/compute/build/manifest.ts';
import { project } from '../../src/compute/build/sources.ts';
import { createGenerator } from '../../src/compute/data/generator.ts';

const { kills, edits, seed } = parseArgs({
  options: {
    kills: { type: 'string', default: '60' },
    edits: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
}).values;
const generator = createGenerator(Number(seed));
const draw = <T>(choices: readonly T[]): T => choices[generator.integer(0, choices.length - 1)]!;

const folder = await realpath(await mkdtemp(join(tmpdir(), 'random-kills-')));
const [clone, temporary] = [join(folder, 'project'), join(folder, 'tmp')];
const [small, dist] = [join(clone, '.compute/small'), join(clone, 'dist')];
await mkdir(temporary);
spawnSync('git', ['clone', '-q', project, clone], { stdio: 'inherit' });
await symlink(join(project, 'node_modules'), join(clone, 'node_modules'));
for (const part of ['results', 'models'])
  await cp(join(project, 'public', part), join(clone, 'public', part), { recursive: true });

/** The two halves: what computes (a minute's worth of it), and what makes the pages of the report's own results. */
const halves = {
  compute: ['compute', '--', '--preset', 'small'],
  pages: ['build'],
};

const faults: string[] = [];
function check(holds: boolean, fault: string): void {
  if (holds) return;
  faults.push(fault);
  console.log(`  FAULT: ${fault}`);
}

/** Starts an npm script in a process group of its own. */
function start(script: readonly string[]) {
  const child = spawn('npm', ['run', ...script], {
    cwd: clone,
    detached: true,
    env: { ...process.env, TMPDIR: temporary, NODE_DISABLE_COMPILE_CACHE: '1' },
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

/** What builds leave: results of the small preset, pages and results of the report. */
const written = async () => ({
  small: await digestsUnder(small),
  dist: await digestsUnder(dist),
  public: await digestsUnder(join(clone, 'public')),
});

/** Unfinished files of a half, and temporary ones. */
async function leftovers(half: keyof typeof halves): Promise<string[]> {
  const work = half === 'compute' ? join(clone, '.compute/.compute') : join(clone, '.compute');
  const names = (await readdir(work, { recursive: true })).filter((name) => !name.startsWith('.compute'));
  const folders = names.filter((name) => /\/(staging|new|old)$/.test(name));
  return [...folders, ...(await filesUnder(temporary))];
}

/** Builds to the end. */
async function build(script: readonly string[]): Promise<void> {
  const { code, output } = await start(script).ended;
  if (code !== 0) throw new Error(`the build fails:\n${output}`);
}

async function buildWhole(): ReturnType<typeof written> {
  for (const script of Object.values(halves)) await build(script);
  return written();
}

async function kill(
  half: keyof typeof halves,
  longest: number,
  expected: Awaited<ReturnType<typeof written>>,
) {
  const removed = draw(Object.keys(expected.small).filter((path) => !path.endsWith('manifest.json')));
  if (half === 'compute') await rm(join(small, removed), { force: true });
  const signal = draw(['SIGINT', 'SIGTERM', 'SIGKILL'] as const);
  const delay = generator.integer(0, longest);
  const { pid, ended } = start(halves[half]);
  const finished = await Promise.race([ended.then(() => true), setTimeout(delay, false)]);
  if (!finished) process.kill(-pid, signal);
  const what = `${half}, ${finished ? 'finished' : `${signal} after ${delay} ms`}`;
  const { output } = await ended;
  console.log(`${what} (${output.trim().split('\n').at(-1)})`);
  for (let wait = 0; isAlive(pid) && wait < 100; wait++) await setTimeout(100);
  check(!isAlive(pid), `${what}: something is still running`);
  if (finished || signal !== 'SIGKILL') {
    const left = await leftovers(half);
    check(left.length === 0, `${what}: left ${left.join()}`);
  }
  const now = await written();
  check(JSON.stringify(now.dist) === JSON.stringify(expected.dist), `${what}: dist is not of one piece`);
  for (const part of ['small', 'public'] as const)
    for (const [name, digest] of Object.entries(now[part]))
      if (!name.endsWith('manifest.json'))
        check(expected[part][name] === digest, `${what}: ${part}/${name} is not what a build writes`);
}

const edited = join(clone, 'src/compute/experiments/randomSigns.ts');
const result = 'results/random-signs.json';
const stage = [...halves.compute, '--only', 'random-signs'];

/** Computes one stage while its code changes; the record must name the code that ran. */
async function edit(code: readonly string[], pairs: Set<string>): Promise<void> {
  await writeFile(edited, code[0]!);
  await rm(join(small, result), { force: true });
  const delay = generator.integer(0, 4_000);
  const { ended } = start(stage);
  await setTimeout(delay);
  await writeFile(edited, code[1]!);
  const { code: status, output } = await ended;
  const found = await recordOfResult();
  const what = `edited after ${delay} ms`;
  console.log(`${what}: ended with ${status} (${output.trim().split('\n').at(-1)})`);
  check(found === undefined || pairs.has(found), `${what}: the record names other code`);
  const left = await leftovers('compute');
  check(left.length === 0, `${what}: left ${left.join()}`);
}

async function recordOfResult(): Promise<string | undefined> {
  const record = (await readManifest(small)).stages['random-signs'];
  const digest = (await digestsUnder(small))[result];
  return digest !== undefined && record?.outputs[result] === digest ? `${record.key} ${digest}` : undefined;
}

const expected = await buildWhole();
const began = performance.now();
await build(halves.pages);
const longest = { compute: 8_000, pages: Math.round(performance.now() - began) };
for (let i = 0; i < Number(kills); i++) {
  const half = i % 2 === 0 ? 'compute' : 'pages';
  await kill(half, longest[half], expected);
}
check(
  JSON.stringify(await buildWhole()) === JSON.stringify(expected),
  'the last build differs from the first',
);

const text = await readFile(edited, 'utf8');
const other = text.replace('SEED_STRIDE = 1_000', 'SEED_STRIDE = 1_001');
const pairs = new Set<string>();
for (const code of [other, text]) {
  await writeFile(edited, code);
  await build(stage);
  pairs.add((await recordOfResult())!);
}
check(pairs.size === 2, 'the edit changes nothing');
for (let i = 0; i < Number(edits); i++) await edit(i % 2 ? [text, other] : [other, text], pairs);

await rm(folder, { recursive: true, force: true });
console.log(faults.length === 0 ? 'No fault.' : `${faults.length} faults:\n  ${faults.join('\n  ')}`);
process.exitCode = faults.length === 0 ? 0 : 1;
