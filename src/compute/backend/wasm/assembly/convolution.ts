// Convolution and its two gradients through the register tiles. No im2col: the rows of a window are contiguous in memory.
import {
  GROUP, Geometry, copy, copyCovered, coveredSize, coveredWidth, inside, pixelsOf, upTo4, upTo8, windowOffsets, windowRow, zero,
} from './geometry';
import { outerTile, tile } from './tile';

/** Filter [kh, kw·ic, oc] → [oc/8][kh, kw·ic][8], zeros beyond oc. */
function packFilter(filter: usize, packed: usize, g: Geometry): void {
  const depth = g.filterHeight * windowRow(g), channels = g.outChannels;
  for (let first = 0; first < channels; first += 8) {
    const n = min(8, channels - first);
    for (let k = 0; k < depth; k++, packed += 32) {
      const from = filter + (<usize>(k * channels + first) << 2);
      if (n < 8) zero(packed, 8);
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

  const packed = scratch, start = packed + panelBytes * (channels >> 3), offsets = start + stepBytes;
  const padded = offsets + (GROUP * pixels << 2), rows = padded + GROUP * coveredBytes;
  packFilter(filter, packed, g);
  zero(start, channels);
  if (bias) copy(start, bias, g.outChannels);
  windowOffsets(offsets, direct ? imageBytes : coveredBytes, rowBytes, GROUP, g);
  if (!direct) zero(padded, GROUP * coveredSize(g));

  for (let first = 0; first < g.batch; first += GROUP) {
    const images = min(GROUP, g.batch - first);
    const from = x + first * imageBytes, to = out + first * pixels * outBytes;
    if (!direct) {
      for (let i = 0; i < images; i++) copyCovered(from + i * imageBytes, padded + i * coveredBytes, g, true);
    }
    const source = direct ? from : padded, target = exact ? to : rows, last = images * pixels - 1;
    for (let panel = 0; panel < channels; panel += 8) {
      const w = packed + panelBytes * (panel >> 3), s = start + (panel << 2), o = target + (panel << 2);
      for (let q = 0; q <= last; q += 4) {
        const q1 = min(q + 1, last), q2 = min(q + 2, last), q3 = min(q + 3, last);
        tile(
          source + load<i32>(offsets + (q << 2)), source + load<i32>(offsets + (q1 << 2)),
          source + load<i32>(offsets + (q2 << 2)), source + load<i32>(offsets + (q3 << 2)),
          g.filterHeight, rowBytes, depth, w, s, s, s, s,
          o + q * stepBytes, o + q1 * stepBytes, o + q2 * stepBytes, o + q3 * stepBytes, true, lowest,
        );
      }
    }
    if (!exact) for (let q = 0; q <= last; q++) copy(to + q * outBytes, rows + q * stepBytes, g.outChannels);
  }
}

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

/**
 * dx = dy ∗ᵀ filter: each pixel of dy sends dy · filterᵀ to the window it came from, four images at a time, so that the four
 * windows in registers never overlap and an image's sum has one order.
 */
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

/** Images that pass between two additions to the sums: enough pixels to be worth it, few enough to stay in the cache. */
@inline
function groupOf(g: Geometry): i32 {
  return min(g.batch, pixelsOf(g) < 64 ? 4 : 1);
}

/** Bytes of scratch that `conv2DBackpropFilter` needs. */
export function conv2DBackpropFilterScratch(g: Geometry): i32 {
  const channels = upTo8(g.outChannels), group = groupOf(g), pixels = group * pixelsOf(g);
  return (g.filterHeight * upTo4(windowRow(g)) * channels + group * coveredSize(g) + pixels * (channels + 1)) << 2;
}

/**
 * dFilter = Σ window ⊗ dy over the pixels of the batch in order: four window entries by eight output channels in registers while
 * the pixels of a few images pass.
 */
export function conv2DBackpropFilter(x: usize, dy: usize, dFilter: usize, g: Geometry, scratch: usize): void {
  const channels = upTo8(g.outChannels), pixels = pixelsOf(g), window = windowRow(g), width = upTo4(window);
  const exact = channels == g.outChannels, direct = inside(g) && width == window, group = groupOf(g);
  const rowBytes = (direct ? g.inWidth : coveredWidth(g)) * g.inChannels << 2;
  const imageBytes = g.inHeight * g.inWidth * g.inChannels << 2, coveredBytes = coveredSize(g) << 2;
  const stepBytes = channels << 2, dyStep = g.outChannels << 2;
  const sums = scratch, padded = sums + g.filterHeight * width * stepBytes;
  const offsets = padded + group * coveredBytes, rows = offsets + (group * pixels << 2);
  zero(sums, g.filterHeight * width * channels + group * coveredSize(g));
  windowOffsets(offsets, direct ? imageBytes : coveredBytes, rowBytes, group, g);
  if (!exact) zero(rows, group * pixels * channels);

  for (let first = 0; first < g.batch; first += group) {
    const images = min(group, g.batch - first), n = images * pixels;
    if (!direct) for (let i = 0; i < images; i++) copyCovered(x + i * imageBytes, padded + i * coveredBytes, g, true);
    if (!exact) for (let q = 0; q < n; q++) copy(rows + q * stepBytes, dy + q * dyStep, g.outChannels);
    const from = direct ? x : padded, by = exact ? dy : rows, byEnd = by + n * stepBytes;
    let sum = sums, row = from;
    for (let r = 0; r < g.filterHeight; r++, row += rowBytes) {
      let corner = row;
      for (let k = 0; k < width; k += 4, corner += 16, sum += 4 * stepBytes) {
        for (let c = 0; c < stepBytes; c += 32) {
          outerTile(corner, offsets, by + c, stepBytes, byEnd, sum + c, stepBytes);
        }
      }
    }
    x += group * imageBytes;
    dy += group * pixels * dyStep;
  }
  for (let r = 0; r < g.filterHeight; r++) {
    for (let k = 0; k < window; k++, dFilter += dyStep) {
      copy(dFilter, sums + (r * width + k) * stepBytes, g.outChannels);
    }
  }
}
