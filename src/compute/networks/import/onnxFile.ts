// The part of ONNX's protobuf messages that a chain of layers needs: onnx.proto of ONNX 1.19.
import { PbfReader } from 'pbf';
import type { NumberArray } from './array.ts';
import { arrayOf, readTensor, type Tensor } from './onnxTensor.ts';
import { COPY_AGAIN, message, numbers, readFields, textOf } from './protobuf.ts';
import { check } from './refusal.ts';

/** An attribute of a node: whichever of its fields are there. */
interface Attribute {
  name: string;
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
  attributes: Attribute[];
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
  const node: OnnxNode = { name: '', operator: '', domain: '', inputs: [], outputs: [], attributes: [] };
  message(reader, {
    1: () => node.inputs.push(textOf(reader)),
    2: () => node.outputs.push(textOf(reader)),
    3: () => (node.name = textOf(reader)),
    4: () => (node.operator = textOf(reader)),
    5: () => node.attributes.push(readAttribute(reader)),
    7: () => (node.domain = textOf(reader)),
  });
  return node;
}

function readAttribute(reader: PbfReader): Attribute {
  const attribute: Attribute = { name: '', floats: [], ints: [] };
  message(reader, {
    1: () => (attribute.name = textOf(reader)),
    2: () => (attribute.f = reader.readFloat()),
    3: () => (attribute.i = reader.readVarint(true)),
    4: () => (attribute.s = textOf(reader)),
    5: () => (attribute.t = readTensor(reader)),
    7: numbers(reader, attribute.floats, () => reader.readFloat()),
    8: numbers(reader, attribute.ints, () => reader.readVarint(true)),
  });
  return attribute;
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
