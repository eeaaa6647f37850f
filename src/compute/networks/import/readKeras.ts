// Keras and tfjs layers models: model.json of Keras 2, Keras 3 or tfjs, with its weight files.
import type { NumberArray } from './array.ts';
import { startChain, type Chain } from './chain.ts';
import { fieldsOf, listOf, numbersOf, type Fields } from './fields.ts';
import { addKerasLayer, type KerasLayer } from './kerasLayers.ts';
import { readWeights, weightOf } from './kerasWeights.ts';
import { check } from './refusal.ts';

/**
 * The chain that a model is.
 *
 * @param json content of `model.json`
 * @param weightFile bytes of a weight file by its name
 * @throws Refusal
 */
export function readKeras(json: unknown, weightFile: (name: string) => Uint8Array): Chain {
  const { modelTopology, weightsManifest } = fieldsOf(json, 'model.json');
  const topology = fieldsOf(modelTopology, 'modelTopology');
  const { class_name: kind, config } = fieldsOf(topology.model_config ?? topology, 'model_config');
  const model = Array.isArray(config) ? { layers: config } : fieldsOf(config, 'config');
  const described = listOf(model.layers, 'layers').map((layer) => fieldsOf(layer, 'a layer'));
  const weights = readWeights(weightsManifest, weightFile);
  const layers = described.map((layer) => layerOf(layer, weights));
  if (kind !== 'Sequential') checkLine(described, model);
  const shapes = layers.map(({ config }) => config.batch_shape ?? config.batch_input_shape);
  const input = numbersOf(shapes.find(Boolean), 'batch_shape of the input layer');
  const chain = startChain(input.slice(1), 'input');
  for (const layer of layers) addKerasLayer(chain, layer);
  return chain;
}

function layerOf(
  { class_name: kind, config, name }: Fields,
  weights: ReadonlyMap<string, NumberArray>,
): KerasLayer {
  const own = fieldsOf(config, `layer ${String(name)}`);
  const known = String(own.name ?? name);
  return { kind: String(kind), name: known, config: own, weight: (part) => weightOf(weights, known, part) };
}

/** Checks that each layer of a functional model takes what the one before it leaves, and the last is the output. */
function checkLine(layers: readonly Fields[], { input_layers: from, output_layers: to }: Fields): void {
  const one = 'only one layer after the other can be read';
  let before = '';
  for (const { name, inbound_nodes: nodes } of layers) {
    const inputs = historyOf(nodes).join(', ');
    check(inputs === before, `layer ${String(name)}`, `its input is ${inputs}, expected ${before}`, one);
    before = String(name);
  }
  const outputs = historyOf([to]).join(', ');
  check(historyOf([from]).length === 1, 'input_layers', 'several inputs, expected one', one);
  check(outputs === before, 'output_layers', `${outputs}, expected the last layer, ${before}`, one);
}

/** Names of the layers in inbound nodes: [[["name", 0, 0, {}]]] in Keras 2, keras_history: ["name", 0, 0] in Keras 3. */
function historyOf(nodes: unknown): string[] {
  if (nodes === null || typeof nodes !== 'object') return [];
  const [name, ...places] = Object.values(nodes) as unknown[];
  const isTensor =
    typeof name === 'string' && places.slice(0, 2).every(Number.isInteger) && places.length > 1;
  return isTensor ? [name] : Object.values(nodes).flatMap(historyOf);
}
