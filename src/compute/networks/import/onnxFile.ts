// The part of ONNX's protobuf messages that a chain of layers needs: onnx.proto of ONNX 1.19.
import { PbfReader } from 'pbf';
import { size } from '../layers.ts';
import { list, type NumberArray } from './array.ts';
import { check } from './refusal.ts';

const copyAgain = 'copy it again, complete';

/** A reader that holds the length of each field against that of the file. Throws a Refusal. */
class Reader extends PbfReader {
  override nextField(end?: number): number {
    const field = super.nextField(end);
    const start = this.pos;
    if (field !== 0 && this.type === 2) {
      const beyond = this.readVarint() + this.pos > this.length;
      check(!beyond, 'file', `a length at byte ${this.pos} reaches beyond its end`, copyAgain);
      this.pos = start;
    }
    return field;
  }
}

/** Reads a message; fields without a reader are skipped. */
function message(reader: Reader, fields: Readonly<Record<number, () => void>>): void {
  reader.readMessage((field) => fields[field]?.(), undefined);
}

/** A graph as the file has it. */
export type OnnxGraph = ReturnType<typeof readOnnxFile>;

/** One operation: the names of what it takes and leaves. */
export type OnnxNode = ReturnType<typeof readNode>;

interface Attribute {
  f?: number;
  i?: number;
  s?: string;
  t?: NumberArray;
  floats: number[];
  ints: number[];
}

/**
 * The graph of an ONNX file.
 *
 * @throws Refusal, or what the protobuf reader throws, if the bytes are not one
 */
export function readOnnxFile(bytes: Uint8Array) {
  const nodes: OnnxNode[] = [];
  const constants = new Map<string, NumberArray>();
  const inputs: Value[] = [];
  const outputs: Value[] = [];
  let graphs = 0;
  const reader = new Reader(bytes);
  reader.readFields((field) => {
    check(field !== 25, 'model', 'functions of its own, expected the operators of ONNX alone');
    if (field !== 7) return;
    graphs++;
    message(reader, {
      1: () => nodes.push(readNode(reader)),
      5: () => constants.set(...readTensor(reader)),
      11: () => inputs.push(readValue(reader)),
      12: () => outputs.push(readValue(reader)),
      15: () => check(false, 'graph', 'sparse weights, expected dense ones'),
    });
  }, undefined);
  check(graphs === 1 && reader.pos === bytes.length, 'file', 'it ends early or is no ONNX file', copyAgain);
  return { nodes, constants, inputs, outputs };
}

function readNode(reader: Reader) {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, Attribute>();
  const node = { name: '', operator: '', domain: '', inputs, outputs, attributes };
  message(reader, {
    1: () => inputs.push(reader.readString()),
    2: () => outputs.push(reader.readString()),
    3: () => (node.name = reader.readString()),
    4: () => (node.operator = reader.readString()),
    5: () => attributes.set(...readAttribute(reader)),
    7: () => (node.domain = reader.readString()),
  });
  return node;
}

function readAttribute(reader: Reader): [name: string, attribute: Attribute] {
  let name = '';
  const attribute: Attribute = { floats: [], ints: [] };
  message(reader, {
    1: () => (name = reader.readString()),
    2: () => (attribute.f = reader.readFloat()),
    3: () => (attribute.i = reader.readVarint(true)),
    4: () => (attribute.s = reader.readString()),
    5: () => ([, attribute.t] = readTensor(reader)),
    7: () => reader.readPackedFloat(attribute.floats),
    8: () => reader.readPackedVarint(attribute.ints, true),
  });
  return [name, attribute];
}

type Value = ReturnType<typeof readValue>;

/** An input or output of the graph; a length that is not fixed is 0. */
function readValue(reader: Reader) {
  const value = { name: '', type: 0, shape: [] as number[] };
  const length = () => {
    value.shape.push(0);
    message(reader, { 1: () => (value.shape[value.shape.length - 1] = reader.readVarint(true)) });
  };
  const tensorType = {
    1: () => (value.type = reader.readVarint()),
    2: () => message(reader, { 1: length }),
  };
  message(reader, {
    1: () => (value.name = reader.readString()),
    2: () => message(reader, { 1: () => message(reader, tensorType) }),
  });
  return value;
}

/** The arrays in which a tensor of each type stands as raw bytes. */
const types = new Map<
  number,
  typeof Float32Array | typeof Int32Array | typeof BigInt64Array | typeof Float64Array
>([
  [1, Float32Array],
  [6, Int32Array],
  [7, BigInt64Array],
  [11, Float64Array],
]);

/** A tensor has its numbers one by one, as raw bytes, or elsewhere. Throws a Refusal. */
function readTensor(reader: Reader): [name: string, array: NumberArray] {
  const tensor = { name: '', type: 0, external: false, raw: undefined as Uint8Array | undefined };
  const shape: number[] = [];
  const values: number[] = [];
  const integer = () => reader.readPackedVarint(values, true);
  message(reader, {
    1: () => reader.readPackedVarint(shape, true),
    2: () => (tensor.type = reader.readVarint()),
    4: () => reader.readPackedFloat(values),
    5: integer,
    7: integer,
    8: () => (tensor.name = reader.readString()),
    9: () => (tensor.raw = reader.readBytes()),
    10: () => reader.readPackedDouble(values),
    13: () => (tensor.external = true),
    14: () => (tensor.external ||= reader.readVarint() === 1),
  });
  const { name, type, external, raw } = tensor;
  const where = `tensor ${name}`;
  check(!external, where, 'its values lie in another file', 'export with external_data=False');
  const Numbers = types.get(type);
  check(Numbers, where, `type ${type}, expected float32, float64, int32 or int64`);
  const found = raw ? raw.length / Numbers.BYTES_PER_ELEMENT : values.length;
  const fits = found === size(shape) && shape.every((length) => length >= 0);
  check(fits, where, `${found} numbers for shape ${list(shape)}`, copyAgain);
  const all: ArrayLike<number | bigint> = raw ? new Numbers(raw.slice().buffer) : values;
  return [name, { shape, values: Float64Array.from(all, Number) }];
}
