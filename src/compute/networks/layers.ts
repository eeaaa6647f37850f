// A network is data: layers with weights. Shapes, weights and parameter counts follow from the layers and are declared nowhere else.
import { IMAGE_SHAPE } from '../data/shape.ts';

/** The window that a convolution or a pool slides over the image: rows and columns. */
export interface Window {
  size: [number, number];
  strides: [number, number];
  /** As TensorFlow has it: `same` leaves ⌈n / stride⌉ places and pads the end more than the start, `valid` pads nothing. */
  padding: 'same' | 'valid';
}

/** One layer: a name of its own within the network, a kind, and the numbers of that kind. */
export type Layer = { name: string } & (
  | ({ kind: 'conv'; channels: number } & Window)
  | ({ kind: 'maxPool' | 'averagePool' } & Window)
  | { kind: 'dense'; units: number }
  | { kind: 'relu' | 'tanh' | 'sigmoid' | 'flatten' }
  /** x ↦ x · factor + offset, for networks that want other units than [0, 1]. */
  | { kind: 'scale'; factor: number; offset: number }
);

/** The layers of a network without their weights. */
export interface Architecture {
  name: string;
  layers: readonly Layer[];
}

/** The MNIST network of JAX's stax examples with average in place of max pooling. */
export const mnistCnn: Architecture = {
  name: 'mnist_cnn',
  layers: [
    { name: 'conv1', kind: 'conv', channels: 16, size: [8, 8], strides: [2, 2], padding: 'same' },
    { name: 'relu1', kind: 'relu' },
    { name: 'pool1', kind: 'averagePool', size: [2, 2], strides: [1, 1], padding: 'valid' },
    { name: 'conv2', kind: 'conv', channels: 32, size: [4, 4], strides: [2, 2], padding: 'valid' },
    { name: 'relu2', kind: 'relu' },
    { name: 'pool2', kind: 'averagePool', size: [2, 2], strides: [1, 1], padding: 'valid' },
    { name: 'flatten', kind: 'flatten' },
    { name: 'dense1', kind: 'dense', units: 32 },
    { name: 'relu3', kind: 'relu' },
    { name: 'dense2', kind: 'dense', units: 10 },
  ],
};

/** The values of the weights, float32, in the order of {@link weightSpecs}. */
export type Weights = Float32Array[];

/** A network from images `[batch, 28, 28, 1]` in [0, 1] to logits `[batch, 10]`. */
export interface Network extends Architecture {
  weights: Weights;
}

/** One array of weights. The fan-in is the number of inputs that an output is summed from, 0 for a bias. */
export interface WeightSpec {
  name: string;
  shape: readonly number[];
  fanIn: number;
}

/** What a layer takes and leaves for one image, and its weights in stored order. */
export interface LayerShapes {
  inputShape: readonly number[];
  outputShape: readonly number[];
  weights: WeightSpec[];
}

/** Number of elements of a shape. */
export function size(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * The shapes of each layer of a network for {@link IMAGE_SHAPE}.
 *
 * @throws if a number of a layer is not one that its kind can have, or a layer does not fit what the one before it leaves
 */
export function layerShapes(layers: readonly Layer[]): LayerShapes[] {
  let shape: readonly number[] = IMAGE_SHAPE;
  return layers.map((layer) => {
    const inputShape = shape;
    shape = outputShape(layer, inputShape);
    return { inputShape, outputShape: shape, weights: weightsOf(layer, inputShape) };
  });
}

/** Name, shape and fan-in of each weight, in stored order. Throws like {@link layerShapes}. */
export function weightSpecs(layers: readonly Layer[]): WeightSpec[] {
  return layerShapes(layers).flatMap(({ weights }) => weights);
}

/** Number of values of some weights. */
export function parameterCount(specs: readonly WeightSpec[]): number {
  return specs.reduce((sum, { shape }) => sum + size(shape), 0);
}

function outputShape(layer: Layer, inputShape: readonly number[]): number[] {
  switch (layer.kind) {
    case 'conv':
      return [...windowPlaces(layer, inputShape), whole(layer.name, 'channels', layer.channels)];
    case 'maxPool':
    case 'averagePool':
      return [...windowPlaces(layer, inputShape), inputShape[2]!];
    case 'dense':
      if (inputShape.length !== 1)
        throw misfit(layer.name, inputShape, 'one number after the other; flatten them first');
      return [whole(layer.name, 'units', layer.units)];
    case 'flatten':
      return [size(inputShape)];
    case 'scale':
      for (const value of [layer.factor, layer.offset]) {
        if (!Number.isFinite(value))
          throw new RangeError(`invalid layer ${layer.name}: ${value}, expected a finite number`);
      }
      return [...inputShape];
    case 'relu':
    case 'tanh':
    case 'sigmoid':
      return [...inputShape];
  }
}

function windowPlaces(layer: Layer & Window, inputShape: readonly number[]): number[] {
  if (inputShape.length !== 3) throw misfit(layer.name, inputShape, '[height, width, channels]');
  return [0, 1].map((axis) => {
    const length = whole(layer.name, 'window', layer.size[axis]!);
    const stride = whole(layer.name, 'stride', layer.strides[axis]!);
    const available = inputShape[axis]!;
    const places = layer.padding === 'same' ? available / stride : (available - length + 1) / stride;
    const least = `at least as many rows and columns as its window, ${layer.size.join(' × ')}`;
    if (places <= 0) throw misfit(layer.name, inputShape, least);
    return Math.ceil(places);
  });
}

function weightsOf(layer: Layer, inputShape: readonly number[]): WeightSpec[] {
  if (layer.kind === 'conv')
    return kernelAndBias(layer.name, [...layer.size, inputShape[2]!], layer.channels);
  if (layer.kind === 'dense') return kernelAndBias(layer.name, inputShape, layer.units);
  return [];
}

function kernelAndBias(name: string, inputs: readonly number[], outputs: number): WeightSpec[] {
  return [
    { name: `${name}/kernel`, shape: [...inputs, outputs], fanIn: size(inputs) },
    { name: `${name}/bias`, shape: [outputs], fanIn: 0 },
  ];
}

function whole(name: string, what: string, value: number): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new RangeError(`invalid layer ${name}: ${what} of ${value}, expected a positive integer`);
}

function misfit(name: string, shape: readonly number[], expected: string): RangeError {
  return new RangeError(
    `invalid layer ${name}: its input has shape [${shape.join(', ')}], expected ${expected}`,
  );
}
