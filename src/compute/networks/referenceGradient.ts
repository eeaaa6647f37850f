// A network once more, forward and backward in plain float64 loops that share no code with the other pass: the reference
// against which the signs of the float32 gradients are counted.
import { layerShapes, size, type Layer, type LayerShapes, type Network, type Window } from './layers.ts';

/** One image's margin, probability of being wrong, and input gradient, in float64. */
export interface Reference {
  logits: Float64Array;
  /** m = logsumexp_{j≠y} z_j − z_y. */
  margin: number;
  /** 1 − p_y = σ(m), without cancellation. */
  doubt: number;
  /** ∇m, 784 values in row order. */
  gradient: Float64Array;
}

/** A function that gives the float64 reference for one image and label. */
export function createReference({ layers, weights }: Pick<Network, 'layers' | 'weights'>) {
  const unused = weights.values();
  const steps = layerShapes(layers).map((shapes, i) => {
    const own = shapes.weights.map(() => Float64Array.from(unused.next().value!));
    return (input: Float64Array) => passOf(layers[i]!, shapes, input, own);
  });

  return (image: ArrayLike<number>, label: number): Reference => {
    const passes: Pass[] = [];
    let logits: Float64Array = Float64Array.from(image);
    for (const step of steps) {
      passes.push(step(logits));
      logits = passes.at(-1)!.output;
    }
    const rivals = logits.map((z, j) => (j === label ? -Infinity : z));
    const top = Math.max(...rivals);
    const exponentials = rivals.map((z) => Math.exp(z - top));
    const total = exponentials.reduce((sum, value) => sum + value, 0);
    const margin = top + Math.log(total) - logits[label]!;
    const dLogits = exponentials.map((value, j) => value / total - (j === label ? 1 : 0));
    return {
      logits,
      margin,
      doubt: 1 / (1 + Math.exp(-margin)),
      gradient: passes.reduceRight<Float64Array>((dOutput, { back }) => back(dOutput), dLogits),
    };
  };
}

/** What a layer makes of its input, and how a gradient at its output comes back to its input. */
interface Pass {
  output: Float64Array;
  back: (dOutput: Float64Array) => Float64Array;
}

function passOf(layer: Layer, shapes: LayerShapes, input: Float64Array, weights: Float64Array[]): Pass {
  switch (layer.kind) {
    case 'conv':
      return weighted((visit) => eachTap(layer, shapes, visit), shapes, input, weights);
    case 'maxPool':
      return maxPool(layer, shapes, input);
    case 'averagePool':
      return averagePool(layer, shapes, input);
    case 'dense':
      return weighted((visit) => visit(0, 0, 0), shapes, input, weights);
    case 'flatten':
      return { output: input, back: (dOutput) => dOutput };
    case 'relu':
    case 'tanh':
    case 'sigmoid':
      return elementwise(input, ...functions[layer.kind]);
    case 'scale':
      return elementwise(
        input,
        (x) => x * layer.factor + layer.offset,
        () => layer.factor,
      );
  }
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

type Real = (x: number) => number;

/** Functions of each number, with their slopes. */
const functions: Record<'relu' | 'tanh' | 'sigmoid', [Real, Real]> = {
  relu: [(x) => Math.max(0, x), (x) => (x > 0 ? 1 : 0)],
  tanh: [Math.tanh, (x) => 1 / Math.cosh(x) ** 2],
  sigmoid: [sigmoid, (x) => sigmoid(x) * sigmoid(-x)],
};

function elementwise(input: Float64Array, f: Real, slope: Real): Pass {
  return {
    output: input.map((x) => f(x)),
    back: (dOutput) => dOutput.map((d, i) => d * slope(input[i]!)),
  };
}

/** A convolution or, with one tap, a dense layer. */
function weighted(
  eachOf: (visit: VisitTap) => void,
  shapes: LayerShapes,
  input: Float64Array,
  weights: Float64Array[],
): Pass {
  const [kernel, bias] = weights as [Float64Array, Float64Array];
  const [inChannels, outChannels] = [shapes.inputShape.at(-1)!, shapes.outputShape.at(-1)!];
  const output = Float64Array.from({ length: size(shapes.outputShape) }, (_, at) => bias[at % outChannels]!);
  eachOf((from, tap, to) => {
    for (let c = 0; c < inChannels; c++) {
      const x = input[from * inChannels + c]!;
      if (x === 0) continue;
      const row = (tap * inChannels + c) * outChannels;
      for (let o = 0; o < outChannels; o++) output[to * outChannels + o]! += x * kernel[row + o]!;
    }
  });
  const back = (dOutput: Float64Array) => {
    const dInput = new Float64Array(input.length);
    eachOf((from, tap, to) => {
      for (let c = 0; c < inChannels; c++) {
        const row = (tap * inChannels + c) * outChannels;
        let sum = 0;
        for (let o = 0; o < outChannels; o++) sum += dOutput[to * outChannels + o]! * kernel[row + o]!;
        dInput[from * inChannels + c]! += sum;
      }
    });
    return dInput;
  };
  return { output, back };
}

function averagePool(layer: Window, shapes: LayerShapes, input: Float64Array): Pass {
  const sums = new Float64Array(size(shapes.outputShape));
  // Padding counts for nothing: the mean is over what lies inside the image.
  const counts = new Float64Array(sums.length);
  eachMember(layer, shapes, (from, to) => {
    sums[to]! += input[from]!;
    counts[to]! += 1;
  });
  const back = (dOutput: Float64Array) => {
    const dInput = new Float64Array(input.length);
    eachMember(layer, shapes, (from, to) => {
      dInput[from]! += dOutput[to]! / counts[to]!;
    });
    return dInput;
  };
  return { output: sums.map((sum, at) => sum / counts[at]!), back };
}

function maxPool(layer: Window, shapes: LayerShapes, input: Float64Array): Pass {
  const output = new Float64Array(size(shapes.outputShape)).fill(-Infinity);
  const places = new Int32Array(output.length);
  eachMember(layer, shapes, (from, to) => {
    // The first of equal ones stays.
    if (input[from]! <= output[to]!) return;
    output[to] = input[from]!;
    places[to] = from;
  });
  const back = (dOutput: Float64Array) => {
    const dInput = new Float64Array(input.length);
    for (const [to, from] of places.entries()) dInput[from]! += dOutput[to]!;
    return dInput;
  };
  return { output, back };
}

/** Visits the members of each window of a pool, channel by channel. */
function eachMember(layer: Window, shapes: LayerShapes, visit: (from: number, to: number) => void): void {
  const channels = shapes.inputShape[2]!;
  eachTap(layer, shapes, (from, _, to) => {
    for (let c = 0; c < channels; c++) visit(from * channels + c, to * channels + c);
  });
}

type VisitTap = (from: number, tap: number, to: number) => void;

/** Visits each place of the input that a window covers, in row order, window after window; `tap` is its place in the window. */
function eachTap(
  { size, strides, padding }: Window,
  { inputShape, outputShape }: LayerShapes,
  visit: VisitTap,
): void {
  const [[height, width], [rows, columns]] = [inputShape, outputShape];
  const [top, left] = [0, 1].map((axis) => {
    const beyond = (outputShape[axis]! - 1) * strides[axis]! + size[axis]! - inputShape[axis]!;
    return padding === 'same' ? Math.max(0, Math.floor(beyond / 2)) : 0;
  });
  for (let row = 0; row < rows!; row++) {
    for (let column = 0; column < columns!; column++) {
      for (let i = 0; i < size[0]; i++) {
        const inRow = row * strides[0] + i - top!;
        if (inRow < 0 || inRow >= height!) continue;
        for (let j = 0; j < size[1]; j++) {
          const inColumn = column * strides[1] + j - left!;
          if (inColumn < 0 || inColumn >= width!) continue;
          visit(inRow * width! + inColumn, i * size[1] + j, row * columns! + column);
        }
      }
    }
  }
}
