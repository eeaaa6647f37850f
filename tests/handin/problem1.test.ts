// Runs problem1.py for real on the bundle that the build wrote, unpacked as its readers unpack it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode } from 'fast-png';
import { agreementFile, agreementSchema } from '../../handin/readAgreement.ts';
import { mnistFolder } from '../../src/compute/data/mnist.ts';
import { preparePython } from './virtualEnvironment.ts';

let python = '';
let folder = '';

beforeAll(async () => {
  python = await preparePython();
  folder = mkdtempSync(join(tmpdir(), 'hand in é '));
  await cp('dist/handin', folder, { recursive: true });
}, 600_000);

afterAll(() => {
  if (folder) rmSync(folder, { recursive: true });
});

/** Runs the script or a line of Python in the bundle's folder, without a network to reach. */
function runPython(options: string[]) {
  const { status, stdout, stderr } = spawnSync(python, options, {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      JAX_PLATFORMS: 'cpu',
      PYTHONIOENCODING: 'utf-8',
      https_proxy: 'http://127.0.0.1:9',
    },
  });
  return { status, stdout, stderr };
}

describe('problem1.py', () => {
  it('agrees with the report: accuracies within 0.002 at every epsilon, classes equal, probabilities within 1e-4', () => {
    const { status, stdout, stderr } = runPython(['problem1.py']);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('This script and the report agree.');
    expect(stdout.match(/^ {4}[0-9] +\S+ +\S+$/gm)).toHaveLength(20);
    expect(stdout.match(/^ {2}0\.\d{3} +[01]\.\d{3}$/gm)).toHaveLength(42);

    const text = readFileSync(join(folder, 'output', 'agreement.json'), 'utf8');
    const record = agreementSchema.parse(JSON.parse(text));
    const weights = createHash('sha256')
      .update(readFileSync('dist/models/mnist-cnn/weights.bin'))
      .digest('hex');
    expect(record).toMatchObject({ weightsSha256: weights, agree: true, sameClasses: true });
    expect(Math.max(...Object.values(record.accuracyDifference))).toBeLessThanOrEqual(0.002);
    expect(record.probabilityDifference).toBeLessThanOrEqual(1e-4);
    for (const question of [1, 2, 3, 4]) {
      const picture = decode(readFileSync(join(folder, 'output', `question-${question}.png`)));
      expect(picture.width).toBeGreaterThan(1500);
    }
    writeFileSync(agreementFile, `${JSON.stringify(record, null, 2)}\n`);
  });

  it('finds the weights as numpy reads them: names, shapes, values', () => {
    const line = `
import json, numpy
with numpy.load("weights.npz") as file:
    print(json.dumps({name: [list(file[name].shape), str(file[name].dtype), file[name].sum(dtype="f8")] for name in file.files}))`;
    const { stdout } = runPython(['-c', line]);
    const arrays = JSON.parse(stdout) as Record<string, [number[], string, number]>;
    const { weightsManifest } = JSON.parse(readFileSync('dist/models/mnist-cnn/model.json', 'utf8')) as {
      weightsManifest: { weights: { name: string; shape: number[] }[] }[];
    };
    const values = new Float32Array(
      Uint8Array.from(readFileSync('dist/models/mnist-cnn/weights.bin')).buffer,
    );
    let offset = 0;
    for (const { name, shape } of weightsManifest[0]!.weights) {
      const size = shape.reduce((product, length) => product * length, 1);
      const sum = values.subarray(offset, (offset += size)).reduce((total, value) => total + value, 0);
      const [foundShape, type, foundSum] = arrays[name]!;
      expect([foundShape, type]).toEqual([shape, 'float32']);
      expect(foundSum).toBeCloseTo(sum, 6);
    }
    expect(Object.keys(arrays)).toHaveLength(8);
  });

  it('says so and fails when the report has other numbers', () => {
    const path = join(folder, 'report.json');
    const text = readFileSync(path, 'utf8');
    const report = JSON.parse(text) as { accuracy: { fgsm: number[] } };
    report.accuracy.fgsm = report.accuracy.fgsm.map((accuracy, i) => accuracy + (i === 4 ? 0.01 : 0));
    const line = `
import json, problem1, numpy
report = json.load(open("report.json", encoding="utf-8"))
same = {name: {kind: numpy.array(vector) for kind, vector in report["predictions"][name].items()} for name in ("fgsm", "iterative")}
print(problem1.compare(json.loads(${JSON.stringify(JSON.stringify(report))}), {"image": report["image"], "predictions": same, "accuracy": report["accuracy"]})["agree"])
print(problem1.compare(report, {"image": report["image"], "predictions": same, "accuracy": report["accuracy"]})["agree"])`;
    const { stdout, stderr } = runPython(['-c', line]);
    expect(stdout.match(/^(?:True|False)$/gm), stderr).toEqual(['False', 'True']);
  });

  it('trains the same network, answers with it, and claims no agreement', () => {
    const { status, stdout, stderr } = runPython([
      '-c',
      `
import problem1, sys
problem1.TRAINING_IMAGES = 1_280
sys.argv = ["problem1.py", "--train", ${JSON.stringify(mnistFolder())}, "--epochs", "1"]
sys.exit(problem1.main())`,
    ]);
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^epoch 1 of 1: loss \d\.\d{4}, validation accuracy 0\.\d{4}$/m);
    expect(stdout).toContain("other weights than the report's");
    expect(stdout).not.toMatch(/at most|agree/);
    expect(existsSync(join(folder, 'output', 'weights-trained.npz'))).toBe(true);
  });

  it('refuses other weights than those of the report', () => {
    const { status, stderr } = runPython([
      '-c',
      `
import numpy, problem1
with numpy.load("weights.npz") as file: weights = dict(file)
weights["dense2/bias"][0] += 1
numpy.savez("output/weights.npz", **weights)
problem1.read_weights("output/weights.npz", "${'0'.repeat(64)}")`,
    ]);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /weights\.npz: SHA-256 [0-9a-f]{64}, the report has 0{64}; unpack the archive again/,
    );
  });

  it('names the file and what is wrong with it', () => {
    writeFileSync(join(folder, 'train-images-idx3-ubyte'), 'no images');
    const { status, stderr } = runPython(['problem1.py', '--train', '.']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/train-images-idx3-ubyte: not an IDX file of bytes/);
    expect(runPython(['problem1.py', '--train', 'nowhere']).stderr).toMatch(
      /train-images-idx3-ubyte: neither this file nor train-images-idx3-ubyte\.gz is there/,
    );
    expect(runPython(['problem1.py', '--epochs', '0']).stderr).toContain('invalid epochs: 0');
  });
});
