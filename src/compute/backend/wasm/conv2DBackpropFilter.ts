// Gradient of a convolution with respect to its filter, which tfjs's WASM backend lacks. It is itself a convolution:
// of x by dy, with the batch as channels and the stride as dilation.
import * as tf from '@tensorflow/tfjs-core';
import { runStock, view } from './stockKernels.ts';
import type { WasmKernel } from './wasmKernel.ts';

/** Padding before and after one axis with which the dilated convolution yields at least `filter` outputs. */
function padding(
  size: number,
  before: number,
  filter: number,
  out: number,
  stride: number,
): [number, number] {
  return [before, Math.max(0, filter + (out - 1) * stride - size - before)];
}

/** Conv2DBackpropFilter, channels last: x [b, h, w, ic], dy [b, oh, ow, oc] → dFilter [kh, kw, ic, oc]. */
export const conv2DBackpropFilter: WasmKernel<'x' | 'dy', tf.Conv2DBackpropFilterAttrs> = ({
  inputs,
  backend: wasm,
  attrs,
}) => {
  const { x, dy } = inputs;
  const { strides, pad, dataFormat, dimRoundingMode, filterShape } = attrs;
  if (dataFormat !== 'NHWC') {
    throw new Error(
      `Conv2DBackpropFilter on WASM: dataFormat is '${dataFormat}', expected 'NHWC': transpose the input first`,
    );
  }
  const xShape = x.shape as [number, number, number, number];
  const info = tf.backend_util.computeConv2DInfo(xShape, filterShape, strides, 1, pad, dimRoundingMode);
  const { filterHeight, filterWidth, inHeight, inWidth, inChannels, outChannels, outHeight, outWidth } = info;
  const { strideHeight, strideWidth, padInfo } = info;
  const transpose = (t: tf.TensorInfo, perm: number[]): tf.TensorInfo =>
    runStock(wasm, 'Transpose', { x: t }, { perm });
  const rows = padding(inHeight, padInfo.top, filterHeight, outHeight, strideHeight);
  const columns = padding(inWidth, padInfo.left, filterWidth, outWidth, strideWidth);
  const image = transpose(x, [3, 1, 2, 0]);
  const filter = transpose(dy, [1, 2, 0, 3]);
  const full = runStock(
    wasm,
    'Conv2D',
    { x: image, filter },
    {
      strides: 1,
      dilations: [strideHeight, strideWidth],
      pad: [[0, 0], rows, columns, [0, 0]],
      dataFormat: 'NHWC',
    },
  );
  const size = [inChannels, filterHeight, filterWidth, outChannels];
  const cut = runStock(wasm, 'Slice', { x: full }, { begin: [0, 0, 0, 0], size });
  const result = transpose(cut, [1, 2, 0, 3]);
  for (const t of [image, filter, full, cut]) wasm.disposeData(t.dataId);
  return view(result, filterShape);
};
