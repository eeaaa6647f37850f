// ONNX files of a few nodes, for tests.
import { PbfWriter } from 'pbf';

interface Node {
  operator: string;
  /** Beside the images: names of constants. */
  inputs?: string[];
  attributes?: Record<string, number | number[] | string>;
}

/** What a test file holds; nodes follow each other, and constants have the values 0.01, 0.02, … if none are given. */
export interface OnnxCase {
  nodes: Node[];
  constants?: Record<string, { shape: number[]; values?: number[]; type?: number; external?: boolean }>;
  inputShape?: number[];
  inputs?: string[];
}

/** Bytes of an ONNX file that takes `x`. */
export function writeOnnx({
  nodes,
  constants = {},
  inputShape = [1, 1, 28, 28],
  inputs = ['x'],
}: OnnxCase): Uint8Array {
  const out = new PbfWriter();
  out.writeMessage(
    7,
    (_, graph) => {
      nodes.forEach(({ operator, inputs: beside = [], attributes = {} }, i) =>
        graph.writeMessage(
          1,
          (_, node) => {
            for (const input of beside.includes('<x>') ? beside : ['<x>', ...beside])
              node.writeStringField(1, input === '<x>' ? (i === 0 ? 'x' : `y${i - 1}`) : input);
            node.writeStringField(2, `y${i}`);
            node.writeStringField(3, `n${i}`);
            node.writeStringField(4, operator);
            for (const [name, value] of Object.entries(attributes))
              node.writeMessage(
                5,
                (_, attribute) => {
                  attribute.writeStringField(1, name);
                  if (typeof value === 'string') attribute.writeStringField(4, value);
                  else if (Array.isArray(value)) attribute.writePackedVarint(8, value);
                  else if (Number.isInteger(value)) attribute.writeVarintField(3, value);
                  else attribute.writeFloatField(2, value);
                },
                undefined,
              );
          },
          undefined,
        ),
      );
      for (const [name, { shape, type = 1, external = false, values }] of Object.entries(constants))
        graph.writeMessage(
          5,
          (_, tensor) => {
            const count = shape.reduce((product, length) => product * length, 1);
            const own = values ?? Array.from({ length: count }, (_, i) => (1 + (i % 7)) / 100);
            tensor.writePackedVarint(1, shape);
            tensor.writeVarintField(2, type);
            if (type === 7) tensor.writePackedVarint(7, own);
            else tensor.writePackedFloat(4, own);
            tensor.writeStringField(8, name);
            if (external) tensor.writeVarintField(14, 1);
          },
          undefined,
        );
      for (const name of inputs) graph.writeMessage(11, writeValue(name, inputShape), undefined);
      graph.writeMessage(12, writeValue(`y${nodes.length - 1}`, [1, 10]), undefined);
    },
    undefined,
  );
  return out.finish();
}

function writeValue(name: string, shape: number[]) {
  return (_: unknown, value: PbfWriter) => {
    value.writeStringField(1, name);
    value.writeMessage(
      2,
      (_, type) => {
        type.writeMessage(
          1,
          (_, tensor) => {
            tensor.writeVarintField(1, 1);
            tensor.writeMessage(
              2,
              (_, lengths) => {
                for (const length of shape)
                  lengths.writeMessage(1, (_, one) => one.writeVarintField(1, length), undefined);
              },
              undefined,
            );
          },
          undefined,
        );
      },
      undefined,
    );
  };
}
