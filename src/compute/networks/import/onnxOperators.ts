// Each operator of ONNX as an operation on a chain. Images have channels first.
import { size } from '../layers.ts';
import { list, scalar, transpose, type NumberArray } from './array.ts';
import { activation, dropout, moveAxes, pad, pool, reshape, softmax, type Chain } from './chain.ts';
import type { FileWindow, Growth } from './fitWindow.ts';
import { affine, conv, dense, normalise, type Affine } from './linearLayers.ts';
import type { OnnxNode } from './onnxFile.ts';
import { check } from './refusal.ts';

/** A node of the chain with what it takes. */
interface Operation {
  node: OnnxNode;
  chain: Chain;
  /** The place of the images among its inputs, and the constants at the others; a Refusal where there is none. */
  images: number;
  constant: (place: number, what: string) => NumberArray;
  has: (place: number) => boolean;
}

type Operator = (operation: Operation) => void;

const one = scalar(1);
const zero = scalar(0);

const scaled = ({ shape, values }: NumberArray, by: number): NumberArray => ({
  shape,
  values: values.map((value) => by * value),
});

/** The operators that can be read, by name. */
export const operators = new Map(
  Object.entries<Operator>({
    Conv(operation) {
      const { chain, constant, has } = operation;
      only(operation, 'group', 1);
      const kernel = constant(1, 'kernel');
      check(kernel.shape.length === 4, chain.where, `a kernel of ${list(kernel.shape)}, expected four axes`);
      const bias = has(2) ? constant(2, 'bias').values : undefined;
      const window = windowOf(operation, kernel.shape.slice(2));
      const turned = transpose(kernel, [2, 3, 1, 0], chain.where);
      conv(chain, turned, bias, window);
    },
    Gemm(operation) {
      const { node, chain, constant, has } = operation;
      only(operation, 'transA', 0);
      const kernel = constant(1, 'kernel');
      check(kernel.shape.length === 2, chain.where, `a kernel of ${list(kernel.shape)}, expected two axes`);
      const { transB, alpha, beta } = Object.fromEntries(node.attributes);
      const turned = transB?.i ? transpose(kernel, [1, 0], chain.where) : kernel;
      dense(chain, scaled(turned, alpha?.f ?? 1));
      affine(chain, { factor: one, offset: has(2) ? scaled(constant(2, 'bias'), beta?.f ?? 1) : zero });
    },
    MatMul: ({ chain, constant }) => dense(chain, constant(1, 'kernel')),
    Add: linear((other) => ({ factor: one, offset: other })),
    Mul: linear((other) => ({ factor: other, offset: zero })),
    Sub: linear((other, imagesFirst) =>
      imagesFirst ? { factor: one, offset: scaled(other, -1) } : { factor: scalar(-1), offset: other },
    ),
    Div: linear(({ shape, values }, imagesFirst, { where }) => {
      check(imagesFirst, where, 'it divides by its input, expected a constant there');
      return { factor: { shape, values: values.map((value) => 1 / value) }, offset: zero };
    }),
    Relu: ({ chain }) => activation(chain, 'relu'),
    Tanh: ({ chain }) => activation(chain, 'tanh'),
    Sigmoid: ({ chain }) => activation(chain, 'sigmoid'),
    MaxPool: poolOf('maxPool'),
    AveragePool: poolOf('averagePool'),
    Flatten(operation) {
      const { chain } = operation;
      only(operation, 'axis', 1);
      reshape(chain, [size(chain.order.shape)]);
    },
    Reshape({ chain, constant }) {
      const { where, order } = chain;
      const to = Array.from(constant(1, 'shape').values);
      const kept = to.map((length, axis) => (length === 0 ? (order.shape[axis - 1] ?? 0) : length));
      const [batch = 0, ...rest] = kept;
      check(batch <= 1, where, `shape ${list(to)}, expected one that keeps a batch of one first`);
      reshape(chain, rest);
    },
    Transpose({ node, chain }) {
      const [batch, ...axes] = orderOfAxes(node, chain.order.shape.length + 1);
      check(batch === 0, chain.where, 'it moves the batch, expected its order of axes to begin with 0');
      const ofImage = axes.map((axis) => axis - 1);
      moveAxes(chain, ofImage);
    },
    BatchNormalization(operation) {
      const { node, chain, constant } = operation;
      only(operation, 'training_mode', 0);
      const [gamma, beta] = [constant(1, 'scale'), constant(2, 'bias')];
      const [mean, variance] = [constant(3, 'mean'), constant(4, 'variance')];
      normalise(chain, { gamma, beta, mean, variance }, node.attributes.get('epsilon')?.f ?? 1e-5, 0);
    },
    Dropout: ({ chain }) => dropout(chain),
    Identity: () => undefined,
    Softmax: ({ chain }) => softmax(chain),
    LogSoftmax: ({ chain }) => softmax(chain),
    Pad({ node, chain, constant, has }) {
      const mode = node.attributes.get('mode')?.s ?? 'constant';
      const value = has(2) ? constant(2, 'value').values[0] : (node.attributes.get('value')?.f ?? 0);
      const zeros = mode === 'constant' && value === 0 && !has(3);
      check(zeros, chain.where, `mode ${mode} with ${value}, expected zeros`);
      const pads = has(1) ? Array.from(constant(1, 'pads').values) : integers(node, 'pads', []);
      const axes = pads.length / 2;
      const [batch, ...others] = pads
        .slice(0, axes)
        .map((first, axis): Growth => [first, pads[axis + axes]!]);
      check(batch?.join() === '0,0', chain.where, 'it pads the batch, expected rows and columns');
      pad(chain, others);
    },
  }),
);

function linear(of: (other: NumberArray, imagesFirst: boolean, chain: Chain) => Affine): Operator {
  return ({ chain, images, constant }) =>
    affine(chain, of(constant(1 - images, 'other operand'), images === 0, chain));
}

function poolOf(kind: 'maxPool' | 'averagePool'): Operator {
  return (operation) => {
    const window = windowOf(operation, integers(operation.node, 'kernel_shape', []));
    const padded = typeof window.padding !== 'string' && window.padding.some((n) => n !== 0);
    if (kind === 'averagePool' && padded) only(operation, 'count_include_pad', 0);
    pool(operation.chain, kind, window);
  };
}

function windowOf(operation: Operation, size: readonly number[]): FileWindow {
  only(operation, 'dilations', 1);
  const { node, chain } = operation;
  const strides = integers(node, 'strides', [1, 1]);
  const pads = integers(node, 'pads', [0, 0, 0, 0]);
  const automatic = node.attributes.get('auto_pad')?.s ?? 'NOTSET';
  const named = new Map<string, FileWindow['padding']>([
    ['SAME_UPPER', 'same'],
    ['VALID', 'valid'],
    ['NOTSET', pads],
  ]);
  const padding = named.get(automatic);
  check(padding, chain.where, `auto_pad ${automatic}, expected ${[...named.keys()].join(', ')}`);
  const fits = size.length === 2 && strides.length === 2 && pads.length === 4;
  check(fits, chain.where, `a window of ${list(size)}, expected one of rows and columns`);
  return {
    axes: 'channelsFirst',
    size,
    strides,
    padding,
    ceil: Boolean(node.attributes.get('ceil_mode')?.i),
  };
}

/** The order of a transposition: that of its attribute, or all axes reversed. */
export function orderOfAxes(node: OnnxNode, count: number): number[] {
  return integers(node, 'perm', [...Array(count).keys()].reverse());
}

function integers({ attributes }: OnnxNode, name: string, fallback: number[]): number[] {
  const found = attributes.get(name)?.ints ?? [];
  return found.length > 0 ? found : fallback;
}

/** Checks that an attribute, if it is there, has one value alone. */
function only({ node, chain }: Operation, name: string, expected: number): void {
  for (const found of [node.attributes.get(name)?.i ?? expected, ...integers(node, name, [])])
    check(found === expected, chain.where, `${name} of ${found}, expected ${expected}`);
}
