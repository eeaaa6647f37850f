// Runs problem1.py and its notebook for real, unpacked as their readers unpack them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { weightsNpz } from '../../handin/bundle.ts';
import { preparePython } from '../../handin/python.ts';
import { readModel } from '../../src/compute/networks/modelFiles.ts';
import { curve } from '../../src/compute/results/curve.ts';
import { modelPathsOf } from '../../src/compute/results/files.ts';
import { readResult } from '../../src/compute/results/readResult.ts';
import { sha256 } from '../../src/compute/sha256.ts';
import { readArchive } from './archive.ts';
import { agreementFile, agreementSchema } from '../../src/report/python.ts';

const images = 't10k-images-idx3-ubyte';
const labels = 't10k-labels-idx1-ubyte';
const bundle = readArchive();
const test = bundle[`${images}.gz`]!;
const truth = bundle[`${labels}.gz`]!;
const notebook = JSON.parse(Buffer.from(bundle['problem1.ipynb']!).toString()) as {
  cells: { cell_type: string; source: string; outputs?: { text?: string; data?: object }[] }[];
};
const folders: string[] = [];

let python = '';
beforeAll(async () => {
  python = await preparePython({ say: console.log });
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** The bundle with some files changed, or left out, in a folder whose name few encodings can write. */
function unpack(changed: Readonly<Record<string, Uint8Array | string | undefined>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'hand in é ✓ '));
  folders.push(folder);
  for (const [name, content] of Object.entries({ ...bundle, ...changed })) {
    if (content !== undefined) writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Runs Python without a network to reach. */
function runPython(options: readonly string[], { cwd, env = {} }: { cwd: string; env?: NodeJS.ProcessEnv }) {
  const offline = { https_proxy: 'http://127.0.0.1:9', JAX_PLATFORMS: 'cpu' };
  return spawnSync(python, options, { cwd, encoding: 'utf8', env: { ...process.env, ...offline, ...env } });
}

/** What the notebook's cells printed, one after the other. */
function printed(): string {
  return notebook.cells
    .flatMap(({ outputs }) => outputs ?? [])
    .map(({ text }) => text ?? '')
    .join('');
}

describe('problem1.py', () => {
  it('agrees with the report, however the machine is set', () => {
    const folder = unpack();
    const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    folders.push(elsewhere);
    writeFileSync(
      join(elsewhere, 'matplotlibrc'),
      'text.usetex: True\nfont.family: Nowhere\nsavefig.dpi: 7\n',
    );
    const { status, stdout, stderr } = runPython([join(folder, 'problem1.py'), '-f', 'kernel.json'], {
      cwd: elsewhere,
      env: { PYTHONIOENCODING: 'cp1252', MPLBACKEND: 'nonsense', JAX_ENABLE_X64: '1' },
    });
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('This script and the report agree.');
    expect(stdout).toContain('with the same sign on 784 of 784 pixels');
    expect(stdout.match(/^ {4}[0-9] +\S+ +\S+$/gm)).toHaveLength(20);
    expect(stdout.match(/^ {2}0\.\d{3} +[01]\.\d{3}$/gm)).toHaveLength(42);
    expect(stdout.replaceAll('\r', '')).toBe(printed());

    const record = agreementSchema.parse(
      JSON.parse(readFileSync(join(folder, 'output', 'agreement.json'), 'utf8')),
    );
    const weights = sha256(readFileSync('dist/models/mnist-cnn/weights.bin'));
    expect(record).toMatchObject({ weightsSha256: weights, agree: true });
    expect(Math.max(...Object.values(record.differences.accuracy))).toBeLessThanOrEqual(0.002);
    expect(Math.max(...Object.values(record.differences.prediction))).toBeLessThanOrEqual(1e-4);
    for (const question of [1, 2, 3, 4]) {
      const name = `question-${question}.png`;
      expect(decode(readFileSync(join(folder, 'output', name))).width).toBe(2100);
      expect(Buffer.compare(readFileSync(join(folder, 'output', name)), bundle[name]!), name).toBe(0);
    }
    writeFileSync(agreementFile, `${JSON.stringify(record, null, 2)}\n`);
  });

  it('comes to both curves of the network trained against the attack too, given its weights', async () => {
    const { networks } = await readResult('network-curves');
    const defended = networks.find(({ name }) => name === 'mnist-cnn-defended')!;
    const paths = modelPathsOf(defended.name);
    const weights = readFileSync(join('public', paths.weights));
    const network = readModel(readFileSync(join('public', paths.json), 'utf8'), weights);
    const report = {
      ...(JSON.parse(Buffer.from(bundle['report.json']!).toString()) as object),
      weightsSha256: sha256(weights),
    };
    const folder = unpack({ 'weights.npz': weightsNpz(network), 'report.json': JSON.stringify(report) });
    const { stdout } = runPython(['problem1.py'], { cwd: folder });
    // What it is compared with is the first network's.
    expect(stdout).toContain('This script and the report do NOT agree.');
    const rows = [...stdout.matchAll(/^ +(\d\.\d{3}) +(\d\.\d{3})$/gm)];
    for (const [half, sweep] of [defended.fgsm, defended.iterative].entries()) {
      const printed = rows.slice((half * rows.length) / 2);
      for (const [i, { epsilon, accuracy }] of curve(sweep).entries()) {
        expect(Number(printed[i]![1])).toBe(epsilon);
        expect(Math.abs(Number(printed[i]![2]) - accuracy)).toBeLessThanOrEqual(0.0025);
      }
    }
  });

  const altered = gunzipSync(truth);
  altered[1000]! ^= 1;
  const shorter = { ...(JSON.parse(Buffer.from(bundle['report.json']!).toString()) as object), accuracy: {} };
  it.each<[string, Record<string, Uint8Array | string | undefined>, RegExp]>([
    [
      'labels that are altered',
      { [`${labels}.gz`]: gzipSync(altered) },
      /^t10k-labels\S+\.gz: does not hold MNIST's/,
    ],
    [
      'images that are cut off',
      { [`${images}.gz`]: test.subarray(0, 1e6) },
      /^t10k-images\S+\.gz: cannot be read: /,
    ],
    [
      'images that are not there',
      { [`${images}.gz`]: undefined },
      /^t10k-images\S+: neither this file nor t10k-/,
    ],
    [
      'two files exchanged',
      { [`${images}.gz`]: truth, [`${labels}.gz`]: test },
      /^t10k-images\S+: does not hold/,
    ],
    ['an empty file', { [`${labels}.gz`]: '' }, /^t10k-labels\S+\.gz: does not hold/],
    [
      'weights that are not there',
      { 'weights.npz': undefined },
      /^weights\.npz: does not hold the network: .*No such/,
    ],
    [
      'weights that are damaged',
      { 'weights.npz': bundle['weights.npz']!.subarray(0, 9e4) },
      /^weights\.npz: does not/,
    ],
    [
      'weights that are something else',
      { 'weights.npz': 'text' },
      /^weights\.npz: does not hold the network/,
    ],
    [
      'a report that is damaged',
      { 'report.json': '{"build":' },
      /^report\.json: does not hold the report's numbers/,
    ],
    ['a report that is something else', { 'report.json': '[1, 2]' }, /^report\.json: does not hold/],
    [
      'a report that lacks numbers',
      { 'report.json': JSON.stringify(shorter) },
      /^report\.json: does not hold/,
    ],
    [
      'a report of another network',
      {
        'report.json': Buffer.from(bundle['report.json']!)
          .toString()
          .replace(/"[0-9a-f]{64}"/, `"${'0'.repeat(64)}"`),
      },
      /^weights\.npz: not the network of report\.json/,
    ],
  ])('says in one sentence what is wrong with %s', (_, changed, sentence) => {
    const { status, stderr } = runPython(['problem1.py'], { cwd: unpack(changed) });
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(status).toBe(1);
  });

  it('says that it does not agree when the report has other numbers', () => {
    const cwd = unpack();
    const other = `
import json
source = open("problem1.py", encoding="utf-8").read()
scope = {"np": __import__("numpy"), "version": str, "platform": __import__("platform")}
exec(source[source.index("TOLERANCES ="):source.index("answers =")], scope)
report = json.load(open("report.json", encoding="utf-8"))
print(scope["compare"](report, report)["agree"])
found = json.loads(json.dumps(report))
found["accuracy"]["fgsm"][4] += 0.01
print(scope["compare"](found, report)["agree"])`;
    expect(runPython(['-c', other], { cwd }).stdout.match(/^(?:True|False)$/gm)).toEqual(['True', 'False']);
  });
});

describe('problem1.ipynb', () => {
  it('holds the text of the script, without magics, and what it printed and drew', () => {
    const script = readFileSync('handin/problem1.py', 'utf8');
    const code = notebook.cells.filter(({ cell_type }) => cell_type === 'code');
    for (const { source } of code) expect(script).toContain(source);
    expect(code.map(({ source }) => source).join('\n')).not.toMatch(/^\s*[%!]/m);
    const pictures = code.map(({ outputs }) => outputs!.filter(({ data }) => data !== undefined).length);
    expect(pictures).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 0]);
    expect(printed()).toContain('This script and the report agree.');
  });

  it('runs as a script with nothing but the network and MNIST beside it, whatever their names and rights', () => {
    const cwd = mkdtempSync(join(tmpdir(), 'alone-'));
    folders.push(cwd);
    writeFileSync(join(cwd, 'weights.npz'), bundle['weights.npz']!);
    writeFileSync(join(cwd, images), test);
    writeFileSync(join(cwd, `${labels}.gz`), gunzipSync(truth));
    writeFileSync(join(cwd, 'output'), 'a file in the way of the folder');
    const code = notebook.cells.filter(({ cell_type }) => cell_type === 'code').map(({ source }) => source);
    writeFileSync(join(cwd, 'downloaded.py'), code.join('\n\n'));
    const temporary = join(cwd, 'temporary');
    mkdirSync(temporary);
    const { status, stdout, stderr } = runPython(['downloaded.py'], {
      cwd,
      env: { TMPDIR: temporary, TEMP: temporary },
    });
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/output\/ cannot be written: pictures go to '.*problem1-/);
    expect(stdout).toContain('report.json is not here');
    const question = (text: string, number: number) => text.split(/(?=^Question )/m)[number];
    for (const number of [1, 3]) expect(question(stdout, number)).toBe(question(printed(), number));
  });
});
