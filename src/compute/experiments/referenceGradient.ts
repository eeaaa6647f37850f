// The network once more, forward and backward in plain float64 loops that share no code with the
// other: the reference against which the signs of the float32 gradients are counted.
import type { Weights } from '../networks/weights.ts';

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

interface Convolution {
  kernel: Float64Array;
  bias: Float64Array;
  inSide: number;
  outSide: number;
  size: number;
  padBefore: number;
  inChannels: number;
  outChannels: number;
}

/**
 * A function that gives the float64 reference for one image with the given weights.
 *
 * @param weights the eight weights in stored order
 */
export function createReference(weights: Weights) {
  const [k1, b1, k2, b2, w1, c1, w2, c2] = weights.map((values) => Float64Array.from(values));
  const conv1: Convolution = {
    kernel: k1!,
    bias: b1!,
    inSide: 28,
    outSide: 14,
    size: 8,
    padBefore: 3,
    inChannels: 1,
    outChannels: 16,
  };
  const conv2: Convolution = {
    kernel: k2!,
    bias: b2!,
    inSide: 13,
    outSide: 5,
    size: 4,
    padBefore: 0,
    inChannels: 16,
    outChannels: 32,
  };

  return (image: ArrayLike<number>, label: number): Reference => {
    const maps1 = convolve(conv1, Float64Array.from(image));
    const pooled1 = averagePool(relu(maps1), 14, 16);
    const maps2 = convolve(conv2, pooled1);
    const pooled2 = averagePool(relu(maps2), 5, 32);
    const hidden = dense(w1!, c1!, pooled2);
    const logits = dense(w2!, c2!, relu(hidden));

    const rivals = logits.map((z, j) => (j === label ? -Infinity : z));
    const top = Math.max(...rivals);
    const weightsOf = rivals.map((z) => Math.exp(z - top));
    const total = weightsOf.reduce((sum, value) => sum + value, 0);
    const margin = top + Math.log(total) - logits[label]!;

    const dLogits = weightsOf.map((value, j) => value / total - (j === label ? 1 : 0));
    const dHidden = reluGradient(hidden, denseGradient(w2!, dLogits, 32));
    const dPooled2 = denseGradient(w1!, dHidden, 512);
    const dMaps2 = reluGradient(maps2, averagePoolGradient(dPooled2, 5, 32));
    const dMaps1 = reluGradient(maps1, averagePoolGradient(convolveGradient(conv2, dMaps2), 14, 16));
    return {
      logits,
      margin,
      doubt: 1 / (1 + Math.exp(-margin)),
      gradient: convolveGradient(conv1, dMaps1),
    };
  };
}

function convolve(conv: Convolution, input: Float64Array): Float64Array {
  const output = new Float64Array(conv.outSide ** 2 * conv.outChannels);
  for (let at = 0; at < output.length; at++) output[at] = conv.bias[at % conv.outChannels]!;
  eachTap(conv, (inAt, kernelAt, outAt) => {
    const value = input[inAt]!;
    if (value === 0) return;
    for (let o = 0; o < conv.outChannels; o++) output[outAt + o]! += value * conv.kernel[kernelAt + o]!;
  });
  return output;
}

function convolveGradient(conv: Convolution, dOutput: Float64Array): Float64Array {
  const dInput = new Float64Array(conv.inSide ** 2 * conv.inChannels);
  eachTap(conv, (inAt, kernelAt, outAt) => {
    let sum = 0;
    for (let o = 0; o < conv.outChannels; o++) sum += dOutput[outAt + o]! * conv.kernel[kernelAt + o]!;
    dInput[inAt]! += sum;
  });
  return dInput;
}

/** Visits each pair of input value and output place that a kernel value joins; both strides are 2. */
function eachTap(
  { inSide, outSide, size, padBefore, inChannels, outChannels }: Convolution,
  visit: (inAt: number, kernelAt: number, outAt: number) => void,
): void {
  for (let row = 0; row < outSide; row++) {
    for (let column = 0; column < outSide; column++) {
      for (let i = 0; i < size; i++) {
        const inRow = 2 * row + i - padBefore;
        if (inRow < 0 || inRow >= inSide) continue;
        for (let j = 0; j < size; j++) {
          const inColumn = 2 * column + j - padBefore;
          if (inColumn < 0 || inColumn >= inSide) continue;
          for (let c = 0; c < inChannels; c++) {
            visit(
              (inRow * inSide + inColumn) * inChannels + c,
              ((i * size + j) * inChannels + c) * outChannels,
              (row * outSide + column) * outChannels,
            );
          }
        }
      }
    }
  }
}

function averagePool(input: Float64Array, side: number, channels: number): Float64Array {
  const out = side - 1;
  const at = (row: number, column: number, c: number) => input[(row * side + column) * channels + c]!;
  return Float64Array.from({ length: out * out * channels }, (_, i) => {
    const [row, column, c] = [Math.floor(i / channels / out), Math.floor(i / channels) % out, i % channels];
    return (
      (at(row, column, c) + at(row, column + 1, c) + at(row + 1, column, c) + at(row + 1, column + 1, c)) / 4
    );
  });
}

function averagePoolGradient(dOutput: Float64Array, side: number, channels: number): Float64Array {
  const out = side - 1;
  const dInput = new Float64Array(side * side * channels);
  for (let i = 0; i < dOutput.length; i++) {
    const [row, column, c] = [Math.floor(i / channels / out), Math.floor(i / channels) % out, i % channels];
    for (const [r, q] of [
      [row, column],
      [row, column + 1],
      [row + 1, column],
      [row + 1, column + 1],
    ]) {
      dInput[(r! * side + q!) * channels + c]! += dOutput[i]! / 4;
    }
  }
  return dInput;
}

function relu(input: Float64Array): Float64Array {
  return input.map((value) => Math.max(0, value));
}

function reluGradient(input: Float64Array, dOutput: Float64Array): Float64Array {
  return dOutput.map((value, i) => (input[i]! > 0 ? value : 0));
}

function dense(kernel: Float64Array, bias: Float64Array, input: Float64Array): Float64Array {
  return bias.map((start, o) =>
    input.reduce((sum, value, i) => sum + value * kernel[i * bias.length + o]!, start),
  );
}

function denseGradient(kernel: Float64Array, dOutput: Float64Array, inputs: number): Float64Array {
  return Float64Array.from({ length: inputs }, (_, i) =>
    dOutput.reduce((sum, value, o) => sum + value * kernel[i * dOutput.length + o]!, 0),
  );
}
