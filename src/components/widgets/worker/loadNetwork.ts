// A network in the worker: how it is found, how it comes onto the backend, and the jobs that are done with it.
import * as tf from '@tensorflow/tfjs-core';
import type { Classifier } from '../../../compute/attacks/inputGradient.ts';
import { PIXELS } from '../../../compute/data/shape.ts';
import { attackImage, attackStart, type AttackStart } from '../../../compute/experiments/attackImage.ts';
import { sweepSlice } from '../../../compute/experiments/sweepSlice.ts';
import {
  applyLayers,
  imageTensor,
  predict,
  predictLabels,
  weightTensors,
} from '../../../compute/networks/forward.ts';
import { inputUnitNames, withUnits, type InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import { layerShapes, mnistCnn, parameterCount, size, type Layer } from '../../../compute/networks/layers.ts';
import { weightsFromBytes } from '../../../compute/networks/modelFiles.ts';
import { argmax } from '../../../compute/statistics.ts';
import type { JobName, Jobs, NetworkDescription, NetworkSource } from '../session/protocol.ts';
import { digest, fetchBytes, loadCode, type Tell } from '../session/siteFile.ts';

/** A network on the backend. */
export type LoadedNetwork = ReturnType<typeof loadNetwork>;

/**
 * Fetches a network, or reads it out of files with code that is fetched for that.
 *
 * @throws if it cannot be had, in a sentence for the reader
 */
export async function findNetwork(source: NetworkSource, tell: Tell) {
  if (!('files' in source)) {
    const { layers = mnistCnn.layers, sha256 } = source;
    const bytes = await fetchBytes(source, 'the network’s weights', tell);
    return { layers, weights: weightsFromBytes(layers, bytes), sha256, notes: [] as string[] };
  }
  const { files } = source;
  tell('fetching what reads the file');
  // All of it now: what readNetwork then misses, it takes for a fault of the file.
  const [{ readNetwork }] = await loadCode(() =>
    Promise.all([
      import('../../../compute/networks/import/readNetwork.ts'),
      import('../../../compute/networks/import/readOnnx.ts'),
    ]),
  );
  tell('reading the file');
  const all = new Blob(files.map(({ bytes }) => bytes as Uint8Array<ArrayBuffer>));
  const sha256 = await digest(new Uint8Array(await all.arrayBuffer()), 'the files');
  const { network, notes } = await readNetwork(files);
  return { layers: network.layers, weights: network.weights, sha256, notes };
}

/** Multiplications that the slowest device does in a millisecond, there and back, and milliseconds to compile a layer. */
const slowest = { multiplications: 5_000, layer: 1_000 };

/**
 * Puts a network on the backend. Throws like `weightTensors`.
 *
 * @param onPass told before each pass of the network how many milliseconds it may take, its gradient included
 */
export function loadNetwork(
  { layers, weights, sha256, notes }: Awaited<ReturnType<typeof findNetwork>>,
  onPass: (milliseconds: number) => void,
) {
  const tensors = weightTensors(layers, weights);
  const shapes = layerShapes(layers);
  const multiplications = shapes.reduce((sum, { outputShape, weights: specs }, i) => {
    const layer = layers[i]!;
    const places = size(outputShape.slice(0, -1));
    const window = 'padding' in layer ? size(layer.size) : 1;
    return sum + places * parameterCount(specs) + window * size(outputShape);
  }, 0);
  const classifier =
    (inUnits: readonly Layer[]): Classifier =>
    (images) => {
      const work = (images.shape[0] * multiplications) / slowest.multiplications;
      onPass(work + layers.length * slowest.layer);
      return applyLayers(inUnits, tensors, images);
    };
  const classifiers = new Map<InputUnits | undefined, Classifier>([
    [undefined, classifier(layers)],
    ...inputUnitNames.map((units) => [units, classifier(withUnits({ layers }, units).layers)] as const),
  ]);
  const description: NetworkDescription = {
    sha256,
    notes,
    multiplications,
    layers: shapes.map(({ outputShape, weights: specs }, i) => {
      const { name, kind } = layers[i]!;
      return { name, kind, shape: outputShape, parameters: parameterCount(specs) };
    }),
  };
  return {
    description,
    /** The classifier with its input in these units, or in those that its file says. */
    classifierIn: (units: InputUnits | undefined) => classifiers.get(units)!,
  };
}

/** Images whose starts are kept, so that another ε, k or clip needs no new gradient. */
const capacity = 4;
let recent: { classifier: Classifier; pixels: Float32Array; start: AttackStart }[] = [];

const jobs: {
  [Name in Exclude<JobName, 'describe'>]: (
    classifier: Classifier,
    request: Jobs[Name]['request'],
  ) => Jobs[Name]['result'];
} = {
  predict: (classifier, { pixels }) => predict(classifier, imageTensor(pixels))[0]!,
  attack: (classifier, { pixels, label, target, ...settings }) => {
    const start = startOf(classifier, pixels, label, target);
    return attackImage(classifier, pixels, start, settings);
  },
  sweep: (classifier, { pixels, labels, ...options }) => {
    const truth = tf.tensor1d(Int32Array.from(labels), 'int32');
    return sweepSlice(classifier, imageTensor(pixels), truth, { ...options, loss: 'margin' });
  },
  classify: (classifier, { pixels }) => {
    try {
      return predictLabels(classifier, imageTensor(pixels)).join('');
    } catch (error) {
      // In other units than its own a network may leave the range of floats.
      if (error instanceof RangeError) return '-'.repeat(pixels.length / PIXELS);
      throw error;
    }
  },
};

/**
 * Does a job. Whatever happens, no tensor of it is left.
 *
 * @throws like the attacks: on a value that is not finite, above all
 */
export function runJob(classifier: Classifier, name: keyof typeof jobs, request: unknown): unknown {
  const run = jobs[name] as (classifier: Classifier, request: unknown) => unknown;
  tf.engine().startScope('job');
  try {
    return run(classifier, request);
  } finally {
    tf.engine().endScope();
  }
}

/** Compiles the shaders of an attack by running one on an empty image. */
export function warmUp(classifier: Classifier): void {
  const pixels = new Float32Array(PIXELS);
  runJob(classifier, 'attack', { pixels, label: 0, epsilon: 0, steps: 1, clip: true });
}

/** The start of an image with that label and target; without a label, of the class that the network predicts. */
function startOf(
  classifier: Classifier,
  pixels: Float32Array,
  label: number | undefined,
  target: number | undefined,
): AttackStart {
  const known = recent.find(
    ({ classifier: attackedBy, pixels: attacked, start }) =>
      attackedBy === classifier &&
      start.label === (label ?? argmax(start.original.prediction.logits)) &&
      start.target === target &&
      attacked.every((value, i) => value === pixels[i]),
  );
  if (known) return known.start;
  const start = attackStart(classifier, pixels, label, target);
  recent = [{ classifier, pixels, start }, ...recent].slice(0, capacity);
  return start;
}
