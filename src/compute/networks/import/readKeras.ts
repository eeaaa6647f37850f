// Keras and tfjs layers models: model.json of Keras 2, Keras 3 or tfjs, with its weight files.
import { size } from '../layers.ts';
import { list, type NumberArray } from './array.ts';
import { startChain, type Chain } from './chain.ts';
import { addKerasLayer, fieldsOf, listOf, numbersOf, type Fields } from './kerasLayers.ts';
import { check, Refusal } from './refusal.ts';

type WeightFile = (name: string) => Uint8Array;

/**
 * The chain that a model is.
 *
 * @param json content of `model.json`
 * @param weightFile bytes of a weight file by its name
 * @throws Refusal
 */
export async function readKeras(json: unknown, weightFile: WeightFile): Promise<Chain> {
  const { modelTopology, weightsManifest } = fieldsOf(json, 'model.json');
  const topology = fieldsOf(modelTopology, 'modelTopology');
  const { class_name: kind, config } = fieldsOf(topology.model_config ?? topology, 'model_config');
  const model = Array.isArray(config) ? { layers: config } : fieldsOf(config, 'config');
  const described = listOf(model.layers, 'layers').map((layer) => fieldsOf(layer, 'a layer'));
  const weights = await readWeights(weightsManifest, weightFile);
  const layers = described.map((layer) => layerOf(layer, weights));
  if (kind !== 'Sequential') checkLine(described, model);
  const shapes = layers.map(({ config }) => config.batch_shape ?? config.batch_input_shape);
  const input = numbersOf(shapes.find(Boolean), 'batch_shape of the input layer');
  const chain = startChain(input.slice(1), 'input');
  for (const layer of layers) addKerasLayer(chain, layer);
  return chain;
}

/** The weights by their paths in the manifest, a list of names and shapes of float32 in files. */
async function readWeights(manifest: unknown, weightFile: WeightFile): Promise<Map<string, NumberArray>> {
  const again = 'copy the files again, complete';
  const weights = new Map<string, NumberArray>();
  for (const group of listOf(manifest, 'weightsManifest')) {
    const { paths, weights: specs } = fieldsOf(group, 'weightsManifest');
    const names = [...new Set(listOf(paths, 'paths').map(String))];
    const files = new Blob(names.map(weightFile) as Uint8Array<ArrayBuffer>[]);
    const view = new DataView(await files.arrayBuffer());
    const total = view.byteLength;
    let at = 0;
    for (const spec of listOf(specs, 'weights')) {
      const { name, shape: lengths, dtype, quantization } = fieldsOf(spec, 'weights');
      const where = `weights ${String(name)}`;
      const plain = dtype === 'float32' && quantization === undefined;
      check(plain, where, `${String(dtype)}, expected float32 as it is`, 'convert it without quantisation');
      const shape = numbersOf(lengths, where);
      const count = size(shape);
      const inside = shape.every((length) => length >= 0) && at + 4 * count <= total;
      check(inside, where, `shape ${list(shape)} reaches beyond the ${total} bytes of its file`, again);
      const start = at;
      const values = Float64Array.from({ length: count }, (_, i) => view.getFloat32(start + 4 * i, true));
      weights.set(String(name), { shape, values });
      at += 4 * count;
    }
    check(at === total, 'weightsManifest', `${at} bytes of weights in files of ${total}`, again);
  }
  return weights;
}

function layerOf({ class_name: kind, config, name }: Fields, weights: ReadonlyMap<string, NumberArray>) {
  const own = fieldsOf(config, `layer ${String(name)}`);
  const known = String(own.name ?? name);
  const where = `layer ${known} (${String(kind)})`;
  /** Weights by their last word: conv2d/kernel, model/conv2d/kernel or conv2d/kernel:0. */
  const weight = (part: string) => {
    for (const [path, array] of weights) {
      const words = path.replace(/:0$/, '').split('/');
      if (words.pop() === part && words.includes(known)) return array;
    }
    throw new Refusal(
      where,
      `no weights ${known}/${part} in the manifest, expected them`,
      'convert it again',
    );
  };
  return { kind: String(kind), where, config: own, weight };
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
