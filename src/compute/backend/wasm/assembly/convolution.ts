// Convolution through the register tiles. No im2col: the rows of a window are contiguous in memory.
import {
  GROUP, Geometry, copy, copyCovered, coveredSize, coveredWidth, fill, inside, pixelsOf, upTo8, windowOffsets, windowRow,
} from './geometry';
import { pixelTile } from './tile';

/** Filter [kh, kw·ic, oc] → [oc/8][kh, kw·ic][8], zeros beyond oc. */
function packFilter(filter: usize, packed: usize, g: Geometry): void {
  const depth = g.filterHeight * windowRow(g), channels = g.outChannels;
  for (let first = 0; first < channels; first += 8) {
    const n = min(8, channels - first);
    for (let k = 0; k < depth; k++, packed += 32) {
      const from = filter + (<usize>(k * channels + first) << 2);
      if (n < 8) fill(packed, 8, 0);
      copy(packed, from, n);
    }
  }
}

/** Bytes of scratch that `conv2D` needs. */
export function conv2DScratch(g: Geometry): i32 {
  const channels = upTo8(g.outChannels), pixels = GROUP * pixelsOf(g);
  const floats = channels * (g.filterHeight * windowRow(g) + 1) + pixels + GROUP * coveredSize(g);
  return (floats + (channels == g.outChannels ? 0 : pixels * channels)) << 2;
}

/** out = max(lowest, x ∗ filter + bias), bias 0 for none: four output pixels by eight output channels at a time. */
export function conv2D(x: usize, filter: usize, bias: usize, out: usize, g: Geometry, scratch: usize, lowest: f32): void {
  const channels = upTo8(g.outChannels), pixels = pixelsOf(g), depth = windowRow(g);
  const exact = channels == g.outChannels, direct = inside(g);
  const panelBytes = <usize>(g.filterHeight * depth) << 5;
  const imageBytes = g.inHeight * g.inWidth * g.inChannels << 2, coveredBytes = coveredSize(g) << 2;
  const rowBytes = (direct ? g.inWidth : coveredWidth(g)) * g.inChannels << 2;
  const outBytes = g.outChannels << 2, stepBytes = channels << 2;

  const packed = scratch, biases = packed + panelBytes * (channels >> 3), offsets = biases + stepBytes;
  const padded = offsets + (GROUP * pixels << 2), rows = padded + GROUP * coveredBytes;
  packFilter(filter, packed, g);
  fill(biases, channels, 0);
  if (bias) copy(biases, bias, g.outChannels);
  windowOffsets(offsets, direct ? imageBytes : coveredBytes, rowBytes, GROUP, g);
  if (!direct) fill(padded, GROUP * coveredSize(g), 0);

  for (let first = 0; first < g.batch; first += GROUP) {
    const images = min(GROUP, g.batch - first);
    const from = x + first * imageBytes, to = out + first * pixels * outBytes;
    if (!direct) {
      for (let i = 0; i < images; i++) copyCovered(from + i * imageBytes, padded + i * coveredBytes, g, true);
    }
    const source = direct ? from : padded, target = exact ? to : rows, last = images * pixels - 1;
    for (let panel = 0; panel < channels; panel += 8) {
      const w = packed + panelBytes * (panel >> 3), s = biases + (panel << 2), o = target + (panel << 2);
      for (let q = 0; q <= last; q += 4) {
        const q1 = min(q + 1, last), q2 = min(q + 2, last), q3 = min(q + 3, last);
        pixelTile(
          source + load<i32>(offsets + (q << 2)), source + load<i32>(offsets + (q1 << 2)),
          source + load<i32>(offsets + (q2 << 2)), source + load<i32>(offsets + (q3 << 2)),
          g.filterHeight, rowBytes, depth, w, s, lowest,
          o + q * stepBytes, o + q1 * stepBytes, o + q2 * stepBytes, o + q3 * stepBytes,
        );
      }
    }
    if (!exact) for (let q = 0; q <= last; q++) copy(to + q * outBytes, rows + q * stepBytes, g.outChannels);
  }
}
