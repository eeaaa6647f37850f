// Each operator of ONNX as an operation on a chain. Images have channels first.
import { size } from '../layers.ts';
import { transpose, type NumberArray } from './array.ts';
import type { Chain } from './chain.ts';
import { list } from './fileOrder.ts';
import type { FileWindow, Growth } from './fitWindow.ts';
import { affine, conv, dense, normalise } from './linearLayers.ts';
import type { OnnxNode } from './onnxFile.ts';
import { activation, DROPOUT_LEFT_OUT, moveAxes, pad, pool, reshape, softmax } from './otherLayers.ts';
import { attribute, integer, integers, only, orderOfAxes } from './onnxAttributes.ts';
import { check } from './refusal.ts';

/** A node of the chain with what it takes. */
interface Operation {
  where: string;
  node: OnnxNode;
  chain: Chain;
  /** The place of the images among its inputs, and the constants at the others; a Refusal where there is none. */
  images: number;
  constant: (place: number, what: string) => NumberArray;
  has: (place: number) => boolean;
}

type Operator = (operation: Operation) => void;

const number = (value: number): NumberArray => ({ shape: [], values: Float64Array.of(value) });

const scaled = ({ shape, values }: NumberArray, by: number): NumberArray => ({
  shape,
  values: values.map((value) => by * value),
});

/** The operators that can be read, by name. */
export const operators = new Map<string, Operator>([
  [
    'Conv',
    ({ where, node, chain, constant, has }) => {
      only(where, node, 'group', 1);
      const kernel = constant(1, 'kernel');
      check(kernel.shape.length === 4, where, `a kernel of ${list(kernel.shape)}, expected four axes`);
      const bias = has(2) ? constant(2, 'bias').values : undefined;
      const window = windowOf(where, node, kernel.shape.slice(2));
      conv(chain, where, { kernel: transpose(kernel, [2, 3, 1, 0]), bias, axes: 'channelsFirst', ...window });
    },
  ],
  [
    'Gemm',
    ({ where, node, chain, constant, has }) => {
      only(where, node, 'transA', 0);
      const kernel = constant(1, 'kernel');
      check(kernel.shape.length === 2, where, `a kernel of ${list(kernel.shape)}, expected two axes`);
      const turned = integer(node, 'transB', 0) === 0 ? kernel : transpose(kernel, [1, 0]);
      dense(chain, where, scaled(turned, attribute(node, 'alpha')?.f ?? 1));
      const bias = has(2) ? scaled(constant(2, 'bias'), attribute(node, 'beta')?.f ?? 1) : number(0);
      affine(chain, where, { factor: number(1), offset: bias });
    },
  ],
  ['MatMul', ({ where, chain, constant }) => dense(chain, where, constant(1, 'kernel'))],
  ['Add', linear((other) => ({ factor: number(1), offset: other }))],
  ['Mul', linear((other) => ({ factor: other, offset: number(0) }))],
  [
    'Sub',
    linear((other, imagesFirst) =>
      imagesFirst ? { factor: number(1), offset: scaled(other, -1) } : { factor: number(-1), offset: other },
    ),
  ],
  [
    'Div',
    linear(({ shape, values }, imagesFirst, where) => {
      check(imagesFirst, where, 'it divides by its input, expected a constant there');
      return { factor: { shape, values: values.map((value) => 1 / value) }, offset: number(0) };
    }),
  ],
  ['Relu', ({ where, chain }) => activation(chain, where, 'relu')],
  ['Tanh', ({ where, chain }) => activation(chain, where, 'tanh')],
  ['Sigmoid', ({ where, chain }) => activation(chain, where, 'sigmoid')],
  ['MaxPool', poolOf('maxPool')],
  ['AveragePool', poolOf('averagePool')],
  [
    'Flatten',
    ({ where, node, chain }) => {
      only(where, node, 'axis', 1);
      reshape(chain, where, [size(chain.order.shape)]);
    },
  ],
  [
    'Reshape',
    ({ where, chain, constant }) => {
      const { shape } = chain.order;
      const to = Array.from(constant(1, 'shape').values);
      const [batch = 0, ...rest] = to.map((length, axis) => (length === 0 ? (shape[axis - 1] ?? 0) : length));
      const free = size(shape) / size(rest.filter((length) => length !== -1));
      check(batch <= 1, where, `shape ${list(to)}, expected one that keeps a batch of one first`);
      reshape(
        chain,
        where,
        rest.map((length) => (length === -1 ? free : length)),
      );
    },
  ],
  [
    'Transpose',
    ({ where, node, chain }) => {
      const [batch, ...axes] = orderOfAxes(node, where, chain.order.shape.length + 1);
      check(batch === 0, where, 'it moves the batch, expected its order of axes to begin with 0');
      moveAxes(
        chain,
        where,
        axes.map((axis) => axis - 1),
      );
    },
  ],
  [
    'BatchNormalization',
    ({ where, node, chain, constant }) => {
      only(where, node, 'training_mode', 0);
      const [gamma, beta] = [constant(1, 'scale'), constant(2, 'bias')];
      const [mean, variance] = [constant(3, 'mean'), constant(4, 'variance')];
      normalise(chain, where, { gamma, beta, mean, variance }, attribute(node, 'epsilon')?.f ?? 1e-5, 0);
    },
  ],
  ['Dropout', ({ chain }) => chain.notes.add(DROPOUT_LEFT_OUT)],
  ['Identity', () => undefined],
  ['Softmax', ({ where, chain }) => softmax(chain, where)],
  ['LogSoftmax', ({ where, chain }) => softmax(chain, where)],
  [
    'Pad',
    ({ where, node, chain, constant, has }) => {
      const mode = attribute(node, 'mode')?.s ?? 'constant';
      const value = has(2) ? constant(2, 'value').values[0] : (attribute(node, 'value')?.f ?? 0);
      check(
        mode === 'constant' && value === 0 && !has(3),
        where,
        `mode ${mode} with ${value}, expected zeros`,
      );
      const pads = has(1) ? Array.from(constant(1, 'pads').values) : integers(node, 'pads', []);
      const axes = pads.length / 2;
      const [batch, ...others] = pads
        .slice(0, axes)
        .map((first, axis): Growth => [first, pads[axis + axes]!]);
      check(batch?.join() === '0,0', where, 'it pads the batch, expected rows and columns');
      pad(chain, where, others);
    },
  ],
]);

/** x ↦ factor · x + offset, both made of the constant beside the images. */
function linear(
  of: (
    other: NumberArray,
    imagesFirst: boolean,
    where: string,
  ) => { factor: NumberArray; offset: NumberArray },
): Operator {
  return ({ where, chain, images, constant }) =>
    affine(chain, where, of(constant(1 - images, 'other operand'), images === 0, where));
}

function poolOf(kind: 'maxPool' | 'averagePool'): Operator {
  return ({ where, node, chain }) => {
    const window = windowOf(where, node, integers(node, 'kernel_shape', []));
    const padded = typeof window.padding !== 'string' && window.padding.some((n) => n !== 0);
    if (kind === 'averagePool' && padded) only(where, node, 'count_include_pad', 0);
    pool(chain, where, kind, { axes: 'channelsFirst', ...window });
  };
}

function windowOf(where: string, node: OnnxNode, size: readonly number[]): FileWindow {
  only(where, node, 'dilations', 1);
  const strides = integers(node, 'strides', [1, 1]);
  const pads = integers(node, 'pads', [0, 0, 0, 0]);
  const automatic = attribute(node, 'auto_pad')?.s ?? 'NOTSET';
  const named = new Map<string, FileWindow['padding']>([
    ['SAME_UPPER', 'same'],
    ['VALID', 'valid'],
    ['NOTSET', pads],
  ]);
  const padding = named.get(automatic);
  check(padding, where, `auto_pad ${automatic}, expected ${[...named.keys()].join(', ')}`);
  const fits = size.length === 2 && strides.length === 2 && pads.length === 4;
  check(fits, where, `a window of ${list(size)}, expected one of rows and columns`);
  return { size, strides, padding, ceil: integer(node, 'ceil_mode', 0) !== 0 };
}
