// Tensors of an ONNX file.
import type { PbfReader } from 'pbf';
import { size } from '../layers.ts';
import type { NumberArray } from './array.ts';
import { list } from './fileOrder.ts';
import { bytesOf, COPY_AGAIN, message, numbers, textOf } from './protobuf.ts';
import { check } from './refusal.ts';

/** A tensor as the file has it: its numbers one by one, as raw bytes, or elsewhere. */
export interface Tensor {
  name: string;
  dims: number[];
  type: number;
  values: number[];
  raw?: Uint8Array;
  external: boolean;
}

/** Reads a tensor. */
export function readTensor(reader: PbfReader): Tensor {
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

/** The numbers of a tensor. */
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
