// Gradient of a convolution with respect to its input: a block of dx, the pixels that one stride passes over, gathers from the
// pixels of dy whose windows it lies in. Eight images at a time fill the lanes, so that a pixel's sum has one order whatever
// else is in the batch.
import { Geometry, pixelsOf, upTo4, whereAbove0 } from './geometry';
import { laneTile } from './tile';

/** Images that go through the lanes together. */
const IMAGES: i32 = 8;

/** Pixels of dy that a block gathers from, in each direction. */
@inline function tapRows(g: Geometry): i32 { return (g.filterHeight + g.strideHeight - 1) / g.strideHeight; }
@inline function tapColumns(g: Geometry): i32 { return (g.filterWidth + g.strideWidth - 1) / g.strideWidth; }

/** Floats of a block. */
@inline function blockSize(g: Geometry): i32 { return g.strideHeight * g.strideWidth * g.inChannels; }

/** Bytes of scratch that `conv2DBackpropInput` needs. */
export function conv2DBackpropInputScratch(g: Geometry): i32 {
  const size = upTo4(blockSize(g)), taps = tapRows(g) * tapColumns(g);
  return (40 + 3 * size + (taps * size + IMAGES * pixelsOf(g)) * g.outChannels) << 2;
}

/** dx = dy ∗ᵀ filter; where `y`, if it is given, is not above 0, dy counts as 0. */
export function conv2DBackpropInput(dy: usize, y: usize, filter: usize, dx: usize, g: Geometry, scratch: usize): void {
  const rows = tapRows(g), columns = tapColumns(g), size = blockSize(g), channels = g.outChannels;
  const pixelBytes = <usize>channels << 4, wRow = columns * pixelBytes, panelBytes = rows * wRow;
  const xRow = g.outWidth * pixelBytes, quad = g.outHeight * xRow, dySize = pixelsOf(g) * channels;
  const dyBytes = <usize>dySize << 2, imageBytes = <usize>(g.inHeight * g.inWidth * g.inChannels) << 2;
  const sums = scratch, distances = sums + 128, places = distances + 32, packed = places + 12 * upTo4(size);
  const lanes = packed + panelBytes * (upTo4(size) >> 2);
  const lastRow = (g.padTop + g.inHeight - 1) / g.strideHeight, lastColumn = (g.padLeft + g.inWidth - 1) / g.strideWidth;
  packTaps(filter, packed, g);
  listPlaces(places, g);
  for (let first = 0; first < g.batch; first += IMAGES) {
    const last = min(IMAGES, g.batch - first) - 1, to = dx + first * imageBytes, skip = first * dyBytes;
    for (let i = 0; i < IMAGES; i++) store<usize>(distances + (i << 2), min(i, last) * imageBytes);
    interleave(dy + skip, y ? y + skip : 0, lanes, dySize, 0, last);
    interleave(dy + skip, y ? y + skip : 0, lanes + quad, dySize, 4, last);
    for (let m = g.padTop / g.strideHeight; m <= lastRow; m++) {
      const row = max(0, m - rows + 1), count = min(g.outHeight - 1, m) - row + 1;
      for (let n = g.padLeft / g.strideWidth; n <= lastColumn; n++) {
        const column = max(0, n - columns + 1), length = max(0, min(g.outWidth - 1, n) - column + 1) * pixelBytes;
        const from = lanes + row * xRow + column * pixelBytes;
        let w = packed + (row - m + rows - 1) * wRow + (column - n + columns - 1) * pixelBytes;
        for (let o = 0; o < size; o += 4, w += panelBytes) {
          laneTile(from, quad, count, xRow, w, wRow, length, sums);
          storeBlock(sums, to, distances, m * g.strideHeight - g.padTop, n * g.strideWidth - g.padLeft, places, o, g);
        }
      }
    }
  }
}

/** Filter [kh, kw, ic, oc] → [block/4][tapRows][tapColumns][oc][4], taps backwards, zeros beyond the block and the filter. */
function packTaps(filter: usize, packed: usize, g: Geometry): void {
  const size = blockSize(g), channels = g.outChannels;
  for (let first = 0; first < size; first += 4) {
    for (let row = tapRows(g) - 1; row >= 0; row--) {
      for (let column = tapColumns(g) - 1; column >= 0; column--, packed += <usize>channels << 4) {
        for (let j = 0; j < 4; j++) {
          const pixel = (first + j) / g.inChannels, channel = (first + j) % g.inChannels;
          const r = row * g.strideHeight + pixel / g.strideWidth, c = column * g.strideWidth + pixel % g.strideWidth;
          const real = first + j < size && r < g.filterHeight && c < g.filterWidth;
          const from = filter + (<usize>(((r * g.filterWidth + c) * g.inChannels + channel) * channels) << 2);
          for (let o = 0; o < channels; o++) {
            store<f32>(packed + (<usize>(4 * o + j) << 2), real ? load<f32>(from + (<usize>o << 2)) : 0);
          }
        }
      }
    }
  }
}

/** For each float of a block its row, its column and its distance in bytes from the block's first. */
function listPlaces(to: usize, g: Geometry): void {
  for (let o = 0; o < blockSize(g); o++, to += 12) {
    const pixel = o / g.inChannels, row = pixel / g.strideWidth, column = pixel % g.strideWidth;
    store<i32>(to, row);
    store<i32>(to, column, 4);
    store<i32>(to, ((row * g.inWidth + column) * g.inChannels + o % g.inChannels) << 2, 8);
  }
}

/** Four images of [images][n] from `first` on → [n][4], the last image in place of those beyond it; masked by y if it is given. */
function interleave(dy: usize, y: usize, to: usize, n: i32, first: i32, last: i32): void {
  const bytes = <usize>n << 2;
  const d0 = min(first, last) * bytes, d1 = min(first + 1, last) * bytes;
  const d2 = min(first + 2, last) * bytes, d3 = min(first + 3, last) * bytes;
  if (y) interleaveMasked(true, dy, y - dy, to, n, d0, d1, d2, d3);
  else interleaveMasked(false, dy, 0, to, n, d0, d1, d2, d3);
}

@inline
function interleaveMasked(
  masked: bool, dy: usize, toMask: usize, to: usize, n: i32, d0: usize, d1: usize, d2: usize, d3: usize
): void {
  const end = to + (<usize>n << 4);
  for (; to + 64 <= end; to += 64, dy += 16) {
    let a = v128.load(dy + d0), b = v128.load(dy + d1), c = v128.load(dy + d2), d = v128.load(dy + d3);
    if (masked) {
      const mask = dy + toMask;
      a = whereAbove0(a, v128.load(mask + d0)); b = whereAbove0(b, v128.load(mask + d1));
      c = whereAbove0(c, v128.load(mask + d2)); d = whereAbove0(d, v128.load(mask + d3));
    }
    storeTransposed(a, b, c, d, to, to + 16, to + 32, to + 48);
  }
  for (; to < end; to += 16, dy += 4) {
    store<f32>(to, one(masked, dy + d0, toMask)); store<f32>(to, one(masked, dy + d1, toMask), 4);
    store<f32>(to, one(masked, dy + d2, toMask), 8); store<f32>(to, one(masked, dy + d3, toMask), 12);
  }
}

@inline
function one(masked: bool, dy: usize, toMask: usize): f32 {
  return masked && load<f32>(dy + toMask) <= 0 ? 0 : load<f32>(dy);
}

/**
 * Stores the sums of four floats of a block, from its float `o` on, those that lie within dx; row and column are the block's
 * own, images lie at the distances listed.
 */
@inline
function storeBlock(
  sums: usize, dx: usize, distances: usize, row: i32, column: i32, places: usize, o: i32, g: Geometry
): void {
  const four = (g.inChannels & 3) == 0, end = places + 12 * (four ? o + 1 : min(o + 4, blockSize(g)));
  const corner = dx + ((row * g.inWidth + column) * g.inChannels << 2);
  for (let place = places + 12 * o; place < end; place += 12, sums += 16) {
    const r = row + load<i32>(place), c = column + load<i32>(place, 4);
    if (<u32>r >= <u32>g.inHeight || <u32>c >= <u32>g.inWidth) continue;
    const to = corner + load<i32>(place, 8);
    const o1 = to + load<i32>(distances, 4), o2 = to + load<i32>(distances, 8), o3 = to + load<i32>(distances, 12);
    const o4 = to + load<i32>(distances, 16), o5 = to + load<i32>(distances, 20), o6 = to + load<i32>(distances, 24);
    const o7 = to + load<i32>(distances, 28);
    if (four) {
      storeTransposed(
        v128.load(sums), v128.load(sums, 16), v128.load(sums, 32), v128.load(sums, 48), to, o1, o2, o3
      );
      storeTransposed(
        v128.load(sums, 64), v128.load(sums, 80), v128.load(sums, 96), v128.load(sums, 112), o4, o5, o6, o7
      );
    } else {
      storeLanes(v128.load(sums), to, o1, o2, o3);
      storeLanes(v128.load(sums, 64), o4, o5, o6, o7);
    }
  }
}

@inline
function storeLanes(v: v128, o0: usize, o1: usize, o2: usize, o3: usize): void {
  v128.store_lane<f32>(o0, v, 0); v128.store_lane<f32>(o1, v, 1); v128.store_lane<f32>(o2, v, 2); v128.store_lane<f32>(o3, v, 3);
}

@inline
function storeTransposed(a: v128, b: v128, c: v128, d: v128, o0: usize, o1: usize, o2: usize, o3: usize): void {
  const ab01 = i32x4.shuffle(a, b, 0, 4, 1, 5), ab23 = i32x4.shuffle(a, b, 2, 6, 3, 7);
  const cd01 = i32x4.shuffle(c, d, 0, 4, 1, 5), cd23 = i32x4.shuffle(c, d, 2, 6, 3, 7);
  v128.store(o0, i64x2.shuffle(ab01, cd01, 0, 2)); v128.store(o1, i64x2.shuffle(ab01, cd01, 1, 3));
  v128.store(o2, i64x2.shuffle(ab23, cd23, 0, 2)); v128.store(o3, i64x2.shuffle(ab23, cd23, 1, 3));
}
