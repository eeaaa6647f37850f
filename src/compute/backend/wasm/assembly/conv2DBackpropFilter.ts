// Gradient of a convolution with respect to its filter: the sum over all output pixels of window ⊗ dy, four window entries
// by eight output channels in registers while an image's pixels pass.
import { Geometry, coveredSize, coveredWidth, inside, pixelsOf, upTo4, upTo8, windowRow } from './geometry';
import { copy, copyCovered, zero } from './memory';
import { outerTile } from './tile';

/** Bytes of scratch that `conv2DBackpropFilter` needs. */
export function conv2DBackpropFilterScratch(g: Geometry): i32 {
  const channels = upTo8(g.outChannels);
  return (g.filterHeight * upTo4(windowRow(g)) * channels + coveredSize(g) + pixelsOf(g) * channels) << 2;
}

/** dFilter = x ∗ dy, summed over the batch in order. */
export function conv2DBackpropFilter(x: usize, dy: usize, dFilter: usize, g: Geometry, scratch: usize): void {
  const channels = upTo8(g.outChannels), pixels = pixelsOf(g), window = windowRow(g), width = upTo4(window);
  const exact = channels == g.outChannels, direct = inside(g) && width == window;
  const rowBytes = <usize>((direct ? g.inWidth : coveredWidth(g)) * g.inChannels) << 2;
  const imageBytes = <usize>(g.inHeight * g.inWidth * g.inChannels) << 2, dyBytes = <usize>(pixels * g.outChannels) << 2;
  const xRow = rowBytes * g.strideHeight, xStep = <usize>(g.strideWidth * g.inChannels) << 2;
  const stepBytes = <usize>channels << 2;
  const sums = scratch, padded = sums + g.filterHeight * width * stepBytes, rows = padded + (coveredSize(g) << 2);
  zero(sums, g.filterHeight * width * channels + coveredSize(g) + pixels * channels);

  for (let image = 0; image < g.batch; image++, x += imageBytes, dy += dyBytes) {
    if (!direct) copyCovered(x, padded, g, true);
    if (!exact) for (let q = 0; q < pixels; q++) copy(rows + q * stepBytes, dy + q * (g.outChannels << 2), g.outChannels);
    const from = direct ? x : padded, by = exact ? dy : rows;
    let sum = sums;
    for (let r = 0; r < g.filterHeight; r++) {
      for (let k = 0; k < width; k += 4, sum += 4 * stepBytes) {
        for (let c: usize = 0; c < stepBytes; c += 32) {
          outerTile(from + r * rowBytes + (k << 2), xRow, xStep, by + c, stepBytes, g.outHeight, g.outWidth, sum + c, stepBytes);
        }
      }
    }
  }
  for (let r = 0; r < g.filterHeight; r++) {
    for (let k = 0; k < window; k++, dFilter += g.outChannels << 2) {
      copy(dFilter, sums + (r * width + k) * stepBytes, g.outChannels);
    }
  }
}
