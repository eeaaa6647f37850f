// Gradient of a convolution with respect to its input: one matrix product, dy · filterᵀ, gives what each output pixel
// sends to the inputs under its window; an overlap-add over the backend's heap gathers it.
import * as tf from '@tensorflow/tfjs-core';
import { runStock, view } from './stockKernels.ts';
import type { WasmKernel } from './wasmKernel.ts';
import { transposeMatrices } from './batchMatMul.ts';

function overlapAdd(columns: Float32Array, dx: Float32Array, info: tf.backend_util.Conv2DInfo): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, filterHeight, filterWidth } = info;
  let source = 0;
  for (let image = 0; image < batchSize; image++) {
    for (let outRow = 0; outRow < outHeight; outRow++) {
      for (let outColumn = 0; outColumn < outWidth; outColumn++) {
        const left = outColumn * info.strideWidth - info.padInfo.left;
        const first = Math.max(0, -left) * inChannels;
        const end = Math.min(filterWidth, inWidth - left) * inChannels;
        for (let filterRow = 0; filterRow < filterHeight; filterRow++, source += filterWidth * inChannels) {
          const row = outRow * info.strideHeight - info.padInfo.top + filterRow;
          if (row < 0 || row >= inHeight) continue;
          const target = ((image * inHeight + row) * inWidth + left) * inChannels;
          for (let i = first; i < end; i++) dx[target + i]! += columns[source + i]!;
        }
      }
    }
  }
}

/** Conv2DBackpropInput, channels last: dy [b, oh, ow, oc], filter [kh, kw, ic, oc] → dx [b, h, w, ic]. */
export const conv2DBackpropInput: WasmKernel<'dy' | 'filter', tf.Conv2DBackpropInputAttrs> = ({
  inputs,
  backend: wasm,
  attrs,
}) => {
  const { dy, filter } = inputs;
  const { strides, pad, dataFormat, dimRoundingMode, inputShape } = attrs;
  if (dataFormat !== 'NHWC') return runStock(wasm, 'Conv2DBackpropInput', inputs, attrs);
  const filterShape = filter.shape as [number, number, number, number];
  const info = tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode);
  const window = info.filterHeight * info.filterWidth * info.inChannels;
  const pixels = info.batchSize * info.outHeight * info.outWidth;
  const transposed = transposeMatrices(wasm, view(filter, [window, info.outChannels]));
  const columns = runStock(
    wasm,
    'BatchMatMul',
    { a: view(dy, [pixels, info.outChannels]), b: transposed },
    { transposeA: false, transposeB: false },
  );
  const dx = wasm.makeOutput(inputShape, 'float32');
  const values = wasm.typedArrayFromHeap(dx) as Float32Array;
  values.fill(0);
  overlapAdd(wasm.typedArrayFromHeap(columns) as Float32Array, values, info);
  wasm.disposeData(transposed.dataId);
  wasm.disposeData(columns.dataId);
  return dx;
};
