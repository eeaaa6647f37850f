// The part of ONNX's protobuf messages that a chain of layers needs: onnx.proto of ONNX 1.19.
import { PbfReader } from 'pbf';
import { size } from '../layers.ts';
import { list, type NumberArray } from './array.ts';
import { bytesOf, COPY_AGAIN, message, numbers, readFields, textOf } from './protobuf.ts';
import { check } from './refusal.ts';

/** A tensor as the file has it: its numbers one by one, as raw bytes, or elsewhere. */
interface Tensor {
  name: string;
  dims: number[];
  type: number;
  values: number[];
  raw?: Uint8Array;
  external: boolean;
}

/** An attribute of a node: whichever of its fields are there. */
interface Attribute {
  f?: number;
  i?: number;
  s?: string;
  t?: Tensor;
  floats: number[];
  ints: number[];
}

/** One operation: the names of what it takes and leaves. */
export interface OnnxNode {
  name: string;
  operator: string;
  domain: string;
  inputs: string[];
  outputs: string[];
  attributes: Map<string, Attribute>;
}

/** An input or output of the graph; a length that is not fixed is 0. */
interface Value {
  name: string;
  type: number;
  shape: number[];
}

/** A graph as the file has it. */
export interface OnnxGraph {
  nodes: OnnxNode[];
  constants: Map<string, NumberArray>;
  inputs: Value[];
  outputs: Value[];
}

/**
 * The graph of an ONNX file.
 *
 * @throws Refusal, or what the protobuf reader throws, if the bytes are not one
 */
export function readOnnxFile(bytes: Uint8Array): OnnxGraph {
  const tensors: Tensor[] = [];
  const graph: OnnxGraph = { nodes: [], constants: new Map(), inputs: [], outputs: [] };
  let graphs = 0;
  const reader = new PbfReader(bytes);
  readFields(reader, bytes.length, {
    7: () => {
      graphs++;
      message(reader, {
        1: () => graph.nodes.push(readNode(reader)),
        5: () => tensors.push(readTensor(reader)),
        11: () => graph.inputs.push(readValue(reader)),
        12: () => graph.outputs.push(readValue(reader)),
        15: () => check(false, 'graph', 'sparse weights, expected dense ones'),
      });
    },
    25: () => check(false, 'model', 'functions of its own, expected the operators of ONNX alone'),
  });
  check(graphs === 1 && reader.pos === bytes.length, 'file', 'it ends early or is no ONNX file', COPY_AGAIN);
  for (const tensor of tensors) graph.constants.set(tensor.name, arrayOf(tensor));
  return graph;
}

function readNode(reader: PbfReader): OnnxNode {
  const node: OnnxNode = {
    name: '',
    operator: '',
    domain: '',
    inputs: [],
    outputs: [],
    attributes: new Map(),
  };
  message(reader, {
    1: () => node.inputs.push(textOf(reader)),
    2: () => node.outputs.push(textOf(reader)),
    3: () => (node.name = textOf(reader)),
    4: () => (node.operator = textOf(reader)),
    5: () => node.attributes.set(...readAttribute(reader)),
    7: () => (node.domain = textOf(reader)),
  });
  return node;
}

function readAttribute(reader: PbfReader): [name: string, attribute: Attribute] {
  let name = '';
  const attribute: Attribute = { floats: [], ints: [] };
  message(reader, {
    1: () => (name = textOf(reader)),
    2: () => (attribute.f = reader.readFloat()),
    3: () => (attribute.i = reader.readVarint(true)),
    4: () => (attribute.s = textOf(reader)),
    5: () => (attribute.t = readTensor(reader)),
    7: numbers(reader, attribute.floats, () => reader.readFloat()),
    8: numbers(reader, attribute.ints, () => reader.readVarint(true)),
  });
  return [name, attribute];
}

function readValue(reader: PbfReader): Value {
  const value: Value = { name: '', type: 0, shape: [] };
  const length = () => {
    value.shape.push(0);
    message(reader, { 1: () => (value.shape[value.shape.length - 1] = reader.readVarint(true)) });
  };
  const tensorType = {
    1: () => (value.type = reader.readVarint()),
    2: () => message(reader, { 1: length }),
  };
  message(reader, {
    1: () => (value.name = textOf(reader)),
    2: () => message(reader, { 1: () => message(reader, tensorType) }),
  });
  return value;
}

function readTensor(reader: PbfReader): Tensor {
  const tensor: Tensor = { name: '', dims: [], type: 0, values: [], external: false };
  const float = numbers(reader, tensor.values, () => reader.readFloat());
  const integer = numbers(reader, tensor.values, () => reader.readVarint(true));
  message(reader, {
    1: numbers(reader, tensor.dims, () => reader.readVarint(true)),
    2: () => (tensor.type = reader.readVarint()),
    4: float,
    5: integer,
    7: integer,
    8: () => (tensor.name = textOf(reader)),
    9: () => (tensor.raw = bytesOf(reader)),
    10: numbers(reader, tensor.values, () => reader.readDouble()),
    13: () => (tensor.external = true),
    14: () => (tensor.external ||= reader.readVarint() === 1),
  });
  return tensor;
}

/** How to read a number of each type from raw bytes. */
const types = new Map<number, { bytes: number; read: (view: DataView, at: number) => number }>([
  [1, { bytes: 4, read: (view, at) => view.getFloat32(at, true) }],
  [6, { bytes: 4, read: (view, at) => view.getInt32(at, true) }],
  [7, { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) }],
  [11, { bytes: 8, read: (view, at) => view.getFloat64(at, true) }],
]);

/** The numbers of a tensor. Throws a Refusal. */
export function arrayOf({ name, dims, type, values, raw, external }: Tensor): NumberArray {
  const where = `tensor ${name}`;
  check(!external, where, 'its values lie in another file', 'export with external_data=False');
  const kind = types.get(type);
  check(kind, where, `type ${type}, expected float32, float64, int32 or int64`);
  const count = size(dims);
  const found = raw ? raw.length / kind.bytes : values.length;
  const fits = found === count && dims.every((length) => length >= 0);
  check(fits, where, `${found} numbers for shape ${list(dims)}`, COPY_AGAIN);
  if (!raw) return { shape: dims, values: Float64Array.from(values) };
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return {
    shape: dims,
    values: Float64Array.from({ length: count }, (_, i) => kind.read(view, i * kind.bytes)),
  };
}
