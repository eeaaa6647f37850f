import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createGenerator } from '../../data/generator.ts';
import { drawnNetwork, everyKind } from '../../testing/networks.ts';
import { modelJson, weightsToBytes } from '../modelFiles.ts';
import { createReference } from '../referenceGradient.ts';
import { readNetwork, type NamedFile } from './readNetwork.ts';
import { Refusal } from './refusal.ts';
import { writeOnnx, type OnnxCase } from './testing/writeOnnx.ts';

const read = (files: NamedFile[]) => readNetwork(files);
const readOnnx = (onnx: OnnxCase) => read([{ name: 'net.onnx', bytes: writeOnnx(onnx) }]);
const image = Float64Array.from({ length: 784 }, (_, i) => ((i * 37) % 101) / 100);

const written = (network = drawnNetwork({ bias: 0.1 }), change = (json: string) => json) => [
  { name: 'model.json', bytes: new TextEncoder().encode(change(JSON.stringify(modelJson(network)))) },
  { name: 'weights.bin', bytes: weightsToBytes(network.weights) },
];

describe('readNetwork(files) of a tfjs layers model', () => {
  it.each([drawnNetwork({ bias: 0.1 }), drawnNetwork({ bias: 0.1, architecture: everyKind })])(
    'reads what this project writes, $name, also from a zip',
    async (network) => {
      const files = written(network);
      const zip = zipSync({ 'folder/model.json': files[0]!.bytes, 'folder/weights.bin': files[1]!.bytes });
      for (const given of [files, [{ name: 'my net.zip', bytes: zip }]]) {
        const { network: found, notes } = await read(given);
        expect(found.weights).toEqual(network.weights);
        expect(found.layers.map(({ name: _, ...layer }) => layer)).toEqual(
          network.layers.map(({ name: _, ...layer }) => layer),
        );
        expect(notes).toEqual([]);
      }
    },
  );

  it.each([
    ['with the folders of Windows', { 'net\\model.json': 0, 'net\\weights.bin': 1 }],
    [
      'of macOS',
      { '__MACOSX/net/._model.json': 1, '._model.json': 1, 'net/model.json': 0, 'net/weights.bin': 1 },
    ],
    ['with other descriptions', { 'metadata.json': 1, 'net/Model.JSON': 0, 'net/weights.bin': 1 }],
    ['with weights that have no extension', { 'net/': 1, 'net/model.json': 0, 'net/group1-shard1of1': 1 }],
  ])('reads a zip %s', async (_, entries) => {
    const network = drawnNetwork({ bias: 0.1 });
    const [weights] = /[^\\/]+$/.exec(Object.keys(entries).at(-1)!)!;
    const files = written(network, (json) => json.replace('weights.bin', weights));
    const zip = zipSync(
      Object.fromEntries(Object.entries(entries).map(([name, i]) => [name, files[i]!.bytes])),
    );
    expect((await read([{ name: 'net.zip', bytes: zip }])).network.weights).toEqual(network.weights);
  });

  it.each([
    [
      'a layer that is not known',
      '"Flatten"',
      '"LSTM"',
      'layer flatten (LSTM): it cannot be read, expected one of',
    ],
    [
      'an activation',
      '"activation":"relu"',
      '"activation":"elu"',
      'layer relu1 (Activation): activation "elu"',
    ],
    [
      'dilation',
      '"filters":32',
      '"filters":32,"dilation_rate":[2,2]',
      'layer conv2 (Conv2D): dilation_rate of [2,2]',
    ],
    ['another input', '[null,28,28,1]', '[null,32,32,3]', 'input: shape [32, 32, 3], expected [28, 28, 1]'],
    ['weights that are missing', '"conv2/bias"', '"conv7/bias"', 'no weights conv2/bias in the manifest'],
    [
      'a shape beyond the file',
      '"shape":[8,8,1,16]',
      '"shape":[8,8,1,1e9]',
      'reaches beyond the 104040 bytes',
    ],
    ['too few bytes', '"shape":[10]', '"shape":[9]', '104036 bytes of weights in files of 104040'],
    ['quantised weights', '"dtype":"float32"}]', '"dtype":"uint8"}]', 'uint8, expected float32'],
    ['a file elsewhere', '"weights.bin"', '"../../weights.bin"', 'which is not beside it; give both files'],
    ['half a file', '"weightsManifest"', '"', 'model.json: it cannot be read'],
    [
      'prototype keys',
      '"modelTopology":{',
      '"__proto__":{},"modelTopology":{"constructor":',
      'model.json: it cannot be read',
    ],
    ['no topology', '"modelTopology"', '"other"', 'modelTopology: it is missing or no object'],
    ['two inputs', '"Sequential"', '"Functional"', 'layer'],
  ])('refuses %s in one sentence', async (_, from, to, sentence) => {
    const files = written(undefined, (json) => json.replace(from, to));
    await expect(read(files)).rejects.toThrow(sentence);
    await expect(read(files)).rejects.toBeInstanceOf(Refusal);
  });

  it('refuses weights that are not finite, more than ten numbers, and a zip that unpacks to too much', async () => {
    const network = drawnNetwork();
    network.weights[2]![5] = Infinity;
    await expect(read(written(network))).rejects.toThrow(
      'weights of conv2: Infinity at 5, expected finite numbers',
    );
    const ends = {
      ...drawnNetwork(),
      layers: drawnNetwork().layers.slice(0, -2),
      weights: drawnNetwork().weights.slice(0, -2),
    };
    await expect(read(written(ends))).rejects.toThrow('output: shape [32], expected ten numbers');
    const bomb = zipSync({ 'model.json': new Uint8Array(65 * 1024 * 1024) });
    expect(bomb.length).toBeLessThan(100_000);
    await expect(read([{ name: 'bomb.zip', bytes: bomb }])).rejects.toThrow('bomb.zip: more than 64 MB');
  });
});

const dense = {
  nodes: [{ operator: 'Flatten' }, { operator: 'Gemm', inputs: ['w', 'b'] }],
  constants: { w: { shape: [784, 10] }, b: { shape: [10] } },
};
/** The place that has the row and the column of another the other way round. */
const turned = (i: number) => (i % 28) * 28 + Math.floor(i / 28);
const withNode = (
  operator: string,
  attributes: Record<string, number | number[] | string> = {},
  inputs: string[] = [],
): OnnxCase => ({
  nodes: [{ operator, attributes, inputs }, ...dense.nodes],
  constants: { ...dense.constants, k: { shape: [4, 1, 3, 3] }, v: { shape: [28] }, w2: { shape: [784, 10] } },
});

describe('readNetwork(files) of ONNX', () => {
  it('puts channels last: a 1×1 convolution of three channels, flattened channel first', async () => {
    // Channel c is (c + 1) · x; the dense kernel takes pixel 5 of channel 2 alone.
    const kernel = Array.from({ length: 784 * 3 * 10 }, (_, i) => (i === (2 * 784 + 5) * 10 + 4 ? 1 : 0));
    const { network, notes } = await readOnnx({
      nodes: [
        { operator: 'Conv', inputs: ['k'] },
        { operator: 'Flatten' },
        { operator: 'MatMul', inputs: ['w'] },
        { operator: 'Softmax' },
      ],
      constants: {
        k: { shape: [3, 1, 1, 1], values: [1, 2, 3] },
        w: { shape: [784 * 3, 10], values: kernel },
      },
    });
    const { logits } = createReference(network)(image, 0);
    expect(logits[4]).toBeCloseTo(3 * image[5]!, 6);
    expect(notes).toEqual([
      'The file has channels first: its weights were put in the order here.',
      'The final softmax was left out: attacks work on logits.',
    ]);
  });

  it('takes normalisation inside the file as a scale, before or after a reshape', async () => {
    const { network } = await readOnnx({
      nodes: [{ operator: 'Sub', inputs: ['mean'] }, { operator: 'Div', inputs: ['std'] }, ...dense.nodes],
      constants: {
        ...dense.constants,
        mean: { shape: [1], values: [0.5] },
        std: { shape: [1, 1, 1, 1], values: [0.25] },
      },
    });
    expect(network.layers[0]).toEqual({ name: 'scale1', kind: 'scale', factor: 4, offset: -2 });
  });

  it.each([
    ['Mul', { inputs: ['two'] }, (x: number) => 2 * x],
    ['Add', { inputs: ['two'] }, (x: number) => x + 2],
    ['Sub', { inputs: ['two', '<x>'] }, (x: number) => 2 - x],
    ['Identity', {}, (x: number) => x],
    ['Dropout', {}, (x: number) => x],
    ['Transpose', { attributes: { perm: [0, 1, 3, 2] } }, (_: number, i: number) => image[turned(i)]!],
    [
      'BatchNormalization',
      { inputs: ['gamma', 'beta', 'mean', 'variance'], attributes: { epsilon: 0.25 } },
      (x: number) => (3 * (x - 0.5)) / Math.sqrt(2 + 0.25) + 1,
    ],
  ] as const)('reads %s as what it does', async (operator, node, meaning) => {
    const values = { two: 2, gamma: 3, beta: 1, mean: 0.5, variance: 2 };
    const ones = Object.entries(values).map(([name, value]) => [name, { shape: [1], values: [value] }]);
    const { network } = await readOnnx({
      nodes: [{ operator, ...node } as OnnxCase['nodes'][number], ...dense.nodes],
      constants: { ...dense.constants, ...(Object.fromEntries(ones) as OnnxCase['constants']) },
    });
    const expected = createReference((await readOnnx(dense)).network)(image.map(meaning), 0).logits;
    createReference(network)(image, 0).logits.forEach((z, j) => expect(z).toBeCloseTo(expected[j]!, 3));
  });

  it.each(['Softmax', 'LogSoftmax'])('leaves %s out at the end, and says so', async (operator) => {
    const { network, notes } = await readOnnx({ ...dense, nodes: [...dense.nodes, { operator }] });
    expect(network).toEqual((await readOnnx(dense)).network);
    expect(notes).toEqual(['The final softmax was left out: attacks work on logits.']);
  });

  it('folds zeros around the image into the convolution after them', async () => {
    const constants = {
      k: { shape: [1, 1, 3, 3] },
      p: { shape: [8], values: [0, 0, 1, 1, 0, 0, 1, 1], type: 7 },
      ...dense.constants,
    };
    const conv = { operator: 'Conv', inputs: ['k'] };
    const padded = await readOnnx({
      nodes: [{ operator: 'Pad', inputs: ['p'] }, conv, ...dense.nodes],
      constants,
    });
    const attributes = { pads: [1, 1, 1, 1] };
    const own = await readOnnx({ nodes: [{ ...conv, attributes }, ...dense.nodes], constants });
    expect(padded.network).toEqual(own.network);
    expect(own.network.layers[0]).toMatchObject({ kind: 'conv', padding: 'same' });
  });

  it.each([
    [
      'zeros that no convolution follows',
      withNode('Pad', { pads: [0, 0, 1, 1, 0, 0, 1, 1] }),
      'node n1 (Flatten): it follows a padding, expected a convolution there',
    ],
    [
      'a padding that is not of zeros',
      withNode('Pad', { pads: [0, 0, 1, 1, 0, 0, 1, 1], mode: 'reflect' }),
      'node n0 (Pad): mode reflect with 0, expected zeros',
    ],
    ['a padding of the batch', withNode('Pad', { pads: [1, 0, 0, 0, 0, 0, 0, 0] }), 'it pads the batch'],
    ['a division by the image', withNode('Div', {}, ['v', '<x>']), 'it divides by its input'],
    ['a batch that is moved', withNode('Transpose', { perm: [1, 0, 2, 3] }), 'it moves the batch'],
    [
      'batch normalisation as in training',
      withNode('BatchNormalization', { training_mode: 1 }, ['v', 'v', 'v', 'v']),
      'training_mode of 1, expected 0',
    ],
    [
      'an operator that is not known',
      withNode('Erf'),
      'node n0 (Erf): it cannot be read, expected one of Conv, Gemm',
    ],
    [
      'dilations',
      withNode('Conv', { dilations: [2, 2] }, ['k']),
      'node n0 (Conv): dilations of 2, expected 1',
    ],
    ['groups', withNode('Conv', { group: 2 }, ['k']), 'group of 2, expected 1'],
    [
      'padding that TensorFlow has not',
      withNode('Conv', { pads: [2, 2, 2, 2] }, ['k']),
      'a window of 3, stride 1, padding 2, at 30 places of 28',
    ],
    [
      'a window beyond the image',
      withNode('MaxPool', { kernel_shape: [99, 99] }),
      'a window or stride of 99, expected 1 to 56',
    ],
    [
      'a pool that counts its padding',
      withNode('AveragePool', { kernel_shape: [3, 3], pads: [1, 1, 1, 1], count_include_pad: 1 }),
      'count_include_pad of 1',
    ],
    ['constants for each pixel', withNode('Add', {}, ['v']), 'expected one number, or one for each channel'],
    [
      'a branch',
      withNode('Add', {}, ['<x>', '<x>']),
      'node n0 (Add): it takes its input twice; only one layer after the other',
    ],
    [
      'a value that comes later',
      withNode('Add', {}, ['y1']),
      'it takes y1, which the node before it does not give',
    ],
    [
      'a softmax in the middle',
      withNode('Softmax'),
      'node n2 (Gemm): it follows the softmax node n0 (Softmax)',
    ],
    [
      'a reshape without a batch',
      {
        ...dense,
        nodes: [{ operator: 'Reshape', inputs: ['s'] }, dense.nodes[1]!],
        constants: { ...dense.constants, s: { shape: [2], values: [2, 392], type: 7 } },
      },
      'shape [2, 392], expected one that keeps a batch of one',
    ],
    [
      'weights in another file',
      { ...dense, constants: { ...dense.constants, w: { shape: [784, 10], external: true } } },
      'tensor w: its values lie in another file; export with external_data=False',
    ],
    [
      'numbers that do not fit',
      { ...dense, constants: { ...dense.constants, w: { shape: [784, 10], values: [1, 2] } } },
      'tensor w: 2 numbers for shape [784, 10]',
    ],
    [
      'half precision',
      { ...dense, constants: { ...dense.constants, w: { shape: [784, 10], type: 10 } } },
      'type 10, expected float32',
    ],
    ['several inputs', { ...dense, inputs: ['x', 'z'] }, 'graph: 2 inputs, expected one'],
    [
      'another input',
      { ...dense, inputShape: [1, 3, 32, 32] },
      'input x: shape [3, 32, 32], expected [28, 28, 1]',
    ],
    [
      'more than 4 million parameters',
      {
        nodes: [{ operator: 'Flatten' }, { operator: 'MatMul', inputs: ['w'] }],
        constants: { w: { shape: [784, 5_200] } },
      },
      'more than 4 million parameters; take a smaller network',
    ],
  ] satisfies [string, OnnxCase, string][])('refuses %s in one sentence', async (_, onnx, sentence) => {
    await expect(readOnnx(onnx)).rejects.toThrow(sentence);
  });

  it.each([
    ['nothing', [], 'no file: no .onnx and no model.json'],
    [
      'another file',
      [{ name: 'cat.jpg', bytes: new Uint8Array(9) }],
      'cat.jpg: no .onnx and no model.json among them; export',
    ],
    [
      'an empty file',
      [{ name: 'a.onnx', bytes: new Uint8Array() }],
      'it ends early or is no ONNX file; copy it again',
    ],
    ['a pickle', [{ name: 'net.pt', bytes: new Uint8Array(9) }], 'net.pt: no .onnx'],
  ])('refuses %s', async (_, files, sentence) => {
    await expect(read(files)).rejects.toThrow(sentence);
  });
});

it(
  'readNetwork(files) refuses or reads each of 1,000 damaged files, none in more than two seconds',
  { timeout: 60_000 },
  async () => {
    const { integer } = createGenerator(16);
    const onnx = writeOnnx({
      ...dense,
      nodes: [{ operator: 'Transpose', attributes: { perm: [0, 2, 3, 1] } }, ...dense.nodes],
    });
    const [json, weights] = written(drawnNetwork({ architecture: everyKind }));
    let refused = 0;
    for (let i = 0; i < 1_000; i++) {
      const files = i % 2 === 0 ? [{ name: 'a.onnx', bytes: onnx }] : [json!, weights!];
      const bytes = files[0]!.bytes.slice();
      // The descriptions, not the weights, are where the harm is.
      for (let k = integer(1, 8); k > 0; k--) {
        const at =
          integer(0, 1) === 0
            ? integer(0, Math.min(300, bytes.length - 1))
            : bytes.length - 1 - integer(0, 200);
        bytes[at] = integer(0, 255);
      }
      const damaged = integer(0, 9) === 0 ? bytes.slice(0, integer(0, bytes.length)) : bytes;
      const begin = performance.now();
      await read([{ ...files[0]!, bytes: damaged }, ...files.slice(1)]).catch((error: unknown) => {
        expect(error).toBeInstanceOf(Refusal);
        refused++;
      });
      expect(performance.now() - begin).toBeLessThan(2_000);
    }
    expect(refused).toBeGreaterThan(500);
  },
);
