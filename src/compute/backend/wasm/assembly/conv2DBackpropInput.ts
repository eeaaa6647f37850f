// Gradient of a convolution with respect to its input: each pixel of dy sends dy · filterᵀ to the window it came from. Four
// images at a time, so that the four windows in registers never overlap and an image's sum has one order.
import { Geometry, GROUP, coveredSize, coveredWidth, pixelsOf, upTo8, windowRow } from './geometry';
import { copyCovered, zero } from './memory';
import { tile } from './tile';

/** Filter [kh, kw·ic, oc] → [kh][kw·ic/8][oc][8], zeros beyond kw·ic. */
function packTransposed(filter: usize, packed: usize, g: Geometry): void {
  const width = windowRow(g), channels = g.outChannels;
  for (let row = 0; row < g.filterHeight; row++) {
    for (let first = 0; first < width; first += 8) {
      for (let j = 0; j < 8; j++) {
        const from = filter + (<usize>((row * width + first + j) * channels) << 2);
        const to = packed + (<usize>j << 2);
        const real = first + j < width;
        for (let c = 0; c < channels; c++) store<f32>(to + (c << 5), real ? load<f32>(from + (c << 2)) : 0);
      }
      packed += <usize>channels << 5;
    }
  }
}

/** Bytes of scratch that `conv2DBackpropInput` needs. */
export function conv2DBackpropInputScratch(g: Geometry): i32 {
  return (g.filterHeight * upTo8(windowRow(g)) * g.outChannels + GROUP * coveredSize(g)) << 2;
}

/** dx = dy ∗ᵀ filter. */
export function conv2DBackpropInput(dy: usize, filter: usize, dx: usize, g: Geometry, scratch: usize): void {
  const width = upTo8(windowRow(g)), channels = g.outChannels;
  const blockBytes = <usize>channels << 5;
  const rowBytes = <usize>(coveredWidth(g) * g.inChannels) << 2, stepBytes = <usize>(g.strideWidth * g.inChannels) << 2;
  const coveredBytes = <usize>coveredSize(g) << 2, dyBytes = <usize>(pixelsOf(g) * channels) << 2;
  const imageSize = g.inHeight * g.inWidth * g.inChannels;
  const packed = scratch, sums = packed + blockBytes * (g.filterHeight * width >> 3);
  packTransposed(filter, packed, g);

  for (let first = 0; first < g.batch; first += GROUP) {
    const images = min(GROUP, g.batch - first);
    zero(sums, GROUP * coveredSize(g));
    let p0 = dy + first * dyBytes;
    const d1 = images > 1 ? dyBytes : 0, d2 = images > 2 ? 2 * dyBytes : 0, d3 = images > 3 ? 3 * dyBytes : 0;
    for (let row = 0; row < g.outHeight; row++) {
      let corner = sums + row * g.strideHeight * rowBytes;
      for (let column = 0; column < g.outWidth; column++, corner += stepBytes, p0 += <usize>channels << 2) {
        let w = packed;
        for (let r = 0; r < g.filterHeight; r++) {
          let o0 = corner + r * rowBytes;
          const end = o0 + (<usize>width << 2);
          for (; o0 < end; o0 += 32, w += blockBytes) {
            const o1 = o0 + coveredBytes, o2 = o1 + coveredBytes, o3 = o2 + coveredBytes;
            tile(p0, p0 + d1, p0 + d2, p0 + d3, 1, 0, channels, w, o0, o1, o2, o3, o0, o1, o2, o3, false, 0);
          }
        }
      }
    }
    for (let i = 0; i < images; i++) {
      const to = dx + (<usize>((first + i) * imageSize) << 2);
      zero(to, imageSize);
      copyCovered(to, sums + i * coveredBytes, g, false);
    }
  }
}
