// Networks of JAX's stax, with random weights, written by save_network.py and read back by tfjs and by the project.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tfjs from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preparePython } from '../../handin/python.ts';
import { startWasmBackend } from '../../src/compute/backend/wasm/startWasmBackend.ts';
import { forward } from '../../src/compute/networks/forward.ts';
import { readModel } from '../../src/compute/networks/modelFiles.ts';
import { expectAllClose } from '../../src/compute/testing/expectAllClose.ts';

const folder = mkdtempSync(join(tmpdir(), 'save-network-'));
let python = '';

beforeAll(async () => {
  python = await preparePython({ say: console.log });
  copyFileSync('handin/save_network.py', join(folder, 'save_network.py'));
  await startWasmBackend();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function runPython(text: string) {
  const env = { ...process.env, JAX_PLATFORMS: 'cpu' };
  return spawnSync(python, ['-c', `from save_network import *\n${text}`], {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
}

const networks = {
  'a convnet with max pooling': {
    stax: 'Conv(4, (5, 5), (2, 2), "SAME"), Relu, MaxPool((2, 2)), Conv(6, (3, 4)), Tanh, AvgPool((2, 2), (2, 2)), Flatten, Dense(12), Sigmoid, Dense(10), LogSoftmax',
    layers:
      'conv((2, 2), "SAME"), relu, max_pool((2, 2)), conv(), tanh, average_pool((2, 2), (2, 2)), flatten, dense, sigmoid, dense, log_softmax',
  },
  'a dense network': {
    stax: 'Flatten, Dense(20), Relu, Dropout(0.5, "test"), Dense(10)',
    layers: 'flatten, dense, relu, dropout, dense',
  },
};

describe.each(Object.entries(networks))('save_network(folder, layers, params): %s', (_, { stax, layers }) => {
  it('writes what tf.loadLayersModel and the project read, with the logits that JAX computes', async () => {
    const { stderr, status } = runPython(`
import jax
from jax.example_libraries.stax import *
init, apply = serial(${stax.replace(', LogSoftmax', '')})
params = init(jax.random.key(1), (-1, 28, 28, 1))[1]
images = jax.random.uniform(jax.random.key(2), (3, 28, 28, 1))
logits = apply(params, images, rng=jax.random.key(3))
from save_network import *
layers = [${layers}]
save_network("network", layers, list(params) + [()] * (len(layers) - len(params)))
np.asarray(images, "<f4").tofile("images")
np.asarray(logits, "<f4").tofile("logits")`);
    expect(status, stderr).toBe(0);

    const floats = (name: string) =>
      new Float32Array(Uint8Array.from(readFileSync(join(folder, name))).buffer);
    const images = tfjs.tensor4d(floats('images'), [3, 28, 28, 1]);
    const expected = tfjs.tensor2d(floats('logits'), [3, 10]);
    const json = readFileSync(join(folder, 'network', 'model.json'), 'utf8');
    const bytes = Uint8Array.from(readFileSync(join(folder, 'network', 'weights.bin')));

    const { modelTopology, weightsManifest } = JSON.parse(json) as tfjs.io.ModelJSON;
    const load = () =>
      Promise.resolve({ modelTopology, weightSpecs: weightsManifest[0]!.weights, weightData: bytes.buffer });
    const loaded = await tfjs.loadLayersModel({ load });
    expectAllClose(loaded.predict(images) as tfjs.Tensor, expected, 1e-5);

    const network = readModel(json, bytes);
    expectAllClose(forward(network).classifier(images), expected, 1e-5);
  });
});

it.each([
  ['a layer without parameters', '[flatten, dense]', '[()]', '2 layers, but 1 entries of params'],
  [
    'a kernel that does not fit',
    '[flatten, dense]',
    '[(), (ones((9, 10)), ones(10))]',
    'layer 1, Dense: a kernel of shape (9, 10) does not fit inputs of shape (784,)',
  ],
  [
    'a bias of another length',
    '[flatten, dense]',
    '[(), (ones((784, 10)), ones(9))]',
    'layer 1, Dense: expected 10 numbers as bias',
  ],
  [
    'weights that are not numbers',
    '[flatten, dense]',
    '[(), (ones((784, 10)) / 0, ones(10))]',
    'all weights finite',
  ],
  [
    'parameters of a layer that has none',
    '[relu]',
    '[(1, 2)]',
    'layer 0, Activation: expected () for its parameters',
  ],
  ['other than ten logits', '[flatten]', '[()]', 'expected ten logits'],
  [
    'a window larger than the image',
    '[max_pool((29, 29))]',
    '[()]',
    'layer 0, MaxPooling2D: a window of [29, 29] is larger',
  ],
])('save_network(folder, layers, params) refuses %s, and writes nothing', (_, layers, params, sentence) => {
  const { stderr } = runPython(
    `from numpy import ones\nnp.seterr(all="ignore")\nsave_network("refused", ${layers}, ${params})`,
  );
  expect(stderr).toContain(sentence);
  expect(existsSync(join(folder, 'refused'))).toBe(false);
});
