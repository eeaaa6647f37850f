// ONNX: a graph that is one operator after the other, with constants beside them.
import { scalar, transpose, type NumberArray } from './array.ts';
import { startChain, type Chain } from './chain.ts';
import { readOnnxFile, type OnnxGraph, type OnnxNode } from './onnxFile.ts';
import { operators, orderOfAxes } from './onnxOperators.ts';
import { check } from './refusal.ts';

const one = 'only one layer after the other can be read';

/** The chain that a graph is. Throws a Refusal. */
export function readOnnx(bytes: Uint8Array): Chain {
  const graph = readOnnxFile(bytes);
  const constants = new Map(graph.constants);
  const { chain, name } = startOf(graph);
  let current = name;
  for (const [i, node] of graph.nodes.entries()) {
    const { operator, inputs, outputs, domain } = node;
    const where = `node ${node.name || i} (${operator || 'no operator'})`;
    check(domain === '' || domain === 'ai.onnx', where, `domain ${domain}, expected ONNX's own`);
    const unknown = inputs.find((input) => input !== '' && input !== current && !constants.has(input));
    check(unknown === undefined, where, `it takes ${unknown}, which the node before it does not give`, one);
    chain.where = where;
    const constant = (place: number, what: string) => {
      const found = constants.get(inputs[place] ?? '');
      check(found, where, `its ${what} is no constant`, 'export for evaluation, with a fixed batch of one');
      return found;
    };
    const result = outputs[0] ?? '';
    const images = inputs.indexOf(current);
    if (images < 0) constants.set(result, constantOf(node, where, constant));
    else {
      const apply = operators.get(operator);
      const known = [...operators.keys()].join(', ');
      const wayOut = 'build the network from those, and export with a fixed batch of one';
      check(apply, where, `it cannot be read, expected one of ${known}`, wayOut);
      check(inputs.lastIndexOf(current) === images, where, 'it takes its input twice', one);
      apply({ node, chain, images, constant, has: (place) => (inputs[place] ?? '') !== '' });
      current = result;
    }
  }
  const { outputs } = graph;
  check(outputs.length === 1, 'graph', `${outputs.length} outputs, expected one`, one);
  const [output] = outputs;
  check(output?.name === current, 'graph', `its output ${output?.name} is not that of its last node`, one);
  return chain;
}

function startOf({ inputs, constants }: OnnxGraph): { chain: Chain; name: string } {
  const free = inputs.filter(({ name }) => !constants.has(name));
  check(free.length === 1, 'graph', `${free.length} inputs, expected one`, one);
  const { name, type, shape } = free[0]!;
  check(type === 1, `input ${name}`, `type ${type}, expected 1, float32`);
  return { chain: startChain(shape.slice(1), `input ${name}`), name };
}

function constantOf(node: OnnxNode, where: string, constant: (place: number, what: string) => NumberArray) {
  if (node.operator === 'Identity') return constant(0, 'input');
  if (node.operator === 'Transpose') {
    const array = constant(0, 'input');
    return transpose(array, orderOfAxes(node, array.shape.length), where);
  }
  check(node.operator === 'Constant', where, 'it computes with constants, expected their result in the file');
  const value = node.attributes.get('value')?.t;
  if (value) return value;
  const [{ f, i, floats, ints } = { floats: [], ints: [] }] = node.attributes.values();
  const values = [...floats, ...ints];
  if (values.length > 0) return { shape: [values.length], values: Float64Array.from(values) };
  return scalar(f ?? i ?? NaN);
}
