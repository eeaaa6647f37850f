// The snippets of the lab page: each writes a small network of its own library, which is read back with the library's logits.
// They run where the package is to be had: PYTHON may name other interpreters than the hand-in's, separated by ":".
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNetwork } from '../../src/compute/networks/import/readNetwork.ts';
import { createReference } from '../../src/compute/networks/referenceGradient.ts';
import { exportSnippets } from '../../src/report/python.ts';

const pythons = [...(process.env.PYTHON?.split(':') ?? []), resolve('.venv-handin/bin/python'), 'python3'];

/** What stands before each snippet: a network that was not trained, an image, and its logits. */
const cases = {
  'JAX, stax': {
    needs: 'jax',
    before: `
import jax
from jax.example_libraries.stax import *
init, apply = serial(Conv(4, (3, 3), (2, 2), "SAME"), Relu, MaxPool((2, 2)), Flatten, Dense(10), LogSoftmax)
params = init(jax.random.key(1), (-1, 28, 28, 1))[1]
image = jax.random.uniform(jax.random.key(2), (1, 28, 28, 1))
logits = serial(Conv(4, (3, 3), (2, 2), "SAME"), Relu, MaxPool((2, 2)), Flatten, Dense(10))[1](params[:-1], image)`,
  },
  PyTorch: {
    needs: 'torch, onnx, onnxscript',
    before: `
import torch
from torch import nn
model = nn.Sequential(nn.Conv2d(1, 4, 3, 2, 1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(196, 10), nn.LogSoftmax(1))
image = torch.rand(1, 1, 28, 28)
logits = model[:-1](image).detach()`,
  },
  Keras: {
    needs: 'keras',
    before: `
import numpy, keras
from keras import layers as l
model = keras.Sequential([keras.Input((28, 28, 1)), l.Conv2D(4, 3, 2, "same", activation="relu"), l.MaxPooling2D(), l.Flatten(), l.Dense(10)])
image = numpy.random.default_rng(1).random((1, 28, 28, 1), "float32")
logits = model(image).numpy()`,
  },
  Flax: {
    needs: 'flax',
    before: `
import jax
from flax import linen as nn
class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = nn.avg_pool(nn.relu(nn.Conv(4, (3, 3))(x)), (2, 2), (2, 2))
        return nn.Dense(10)(x.reshape(len(x), -1))
image = jax.random.uniform(jax.random.key(2), (1, 28, 28, 1))
params = Net().init(jax.random.key(1), image)["params"]
logits = Net().apply({"params": params}, image)`,
  },
};

/** An interpreter that has the packages. */
function pythonWith(packages: string): string | undefined {
  return pythons.find((python) => spawnSync(python, ['-c', `import ${packages}`]).status === 0);
}

describe.each(Object.entries(cases))('the snippet of %s', (name, { needs, before }) => {
  it('writes a network that is read with the logits of the library', { timeout: 300_000 }, async (test) => {
    const python = pythonWith(needs);
    test.skip(python === undefined, `no Python here has ${needs}`);
    const folder = mkdtempSync(join(tmpdir(), 'snippet-'));
    copyFileSync('handin/save_network.py', join(folder, 'save_network.py'));
    const snippet = (await exportSnippets()).find(({ title }) => title === name)!.code;
    const after = `
import numpy
numpy.asarray(image, "<f4").tofile("image")
numpy.asarray(logits, "<f4").tofile("logits")`;
    const env = { ...process.env, JAX_PLATFORMS: 'cpu' };
    const { status, stderr } = spawnSync(python!, ['-c', `${before}\n${snippet}\n${after}`], {
      cwd: folder,
      encoding: 'utf8',
      env,
    });
    expect(status, stderr).toBe(0);

    const bytes = (path: string) => Uint8Array.from(readFileSync(join(folder, path)));
    const floats = (path: string) => new Float32Array(bytes(path).buffer);
    const inFolder = existsSync(join(folder, 'my-network'))
      ? readdirSync(join(folder, 'my-network')).map((file) => `my-network/${file}`)
      : ['my-network.onnx'];
    const files = inFolder.map((path) => ({ name: path.split('/').pop()!, bytes: bytes(path) }));
    const { network } = await readNetwork(files);
    const found = createReference(network)(floats('image'), 0).logits;
    floats('logits').forEach((z, i) => expect(found[i]).toBeCloseTo(z, 4));
  });
});
