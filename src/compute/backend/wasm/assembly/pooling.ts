// Pooling and its gradients. Where windows move by one pixel, a row of the result is one run of shifted rows, whatever the
// channels; else each pixel's channels are a run.
import { Geometry, copy, copyCovered, coveredSize, coveredWidth, fill, inside } from './geometry';

const enum Pool { Mean, Max }

@inline function runsOf(g: Geometry): i32 { return g.strideWidth == 1 ? 1 : g.outWidth; }
@inline function runLength(g: Geometry): i32 { return (g.strideWidth == 1 ? g.outWidth : 1) * g.inChannels; }

/** Bytes of scratch that `meanPool` and `maxPool` need. */
export function meanPoolScratch(g: Geometry): i32 { return 4; }
export function maxPoolScratch(g: Geometry): i32 { return inside(g) ? 4 : coveredSize(g) << 2; }

/** out = the mean of each window of x, all of them inside it. */
export function meanPool(x: usize, out: usize, g: Geometry, scratch: usize): void {
  pool(Pool.Mean, x, out, g, scratch);
}

/** out = the largest value of each window of x. */
export function maxPool(x: usize, out: usize, g: Geometry, scratch: usize): void {
  pool(Pool.Max, x, out, g, scratch);
}

@inline
function pool(kind: Pool, x: usize, out: usize, g: Geometry, scratch: usize): void {
  const direct = inside(g), step = <usize>g.inChannels << 2;
  const rowBytes = (direct ? g.inWidth : coveredWidth(g)) * step, imageBytes = g.inHeight * g.inWidth * step;
  if (!direct) fill(scratch, coveredSize(g), -Infinity);
  for (let image = 0; image < g.batch; image++, x += imageBytes) {
    if (!direct) copyCovered(x, scratch, g, true);
    for (let r = 0, row = direct ? x : scratch; r < g.outHeight; r++, row += g.strideHeight * rowBytes) {
      for (let run = 0, from = row; run < runsOf(g); run++, from += g.strideWidth * step) {
        out = poolRun(kind, from, out, runLength(g), rowBytes, step, g.filterHeight, g.filterWidth);
      }
    }
  }
}

/** Reduces the windows that begin at n floats one after the other; returns the end of `out`. */
@inline
function poolRun(
  kind: Pool, from: usize, out: usize, n: i32, rowBytes: usize, step: usize, rows: i32, columns: i32
): usize {
  const end = out + (<usize>n << 2), two = rows == 2 && columns == 2;
  const factor: f32 = 1 / <f32>(rows * columns), factors = f32x4.splat(factor);
  // The most usual window in a loop of its own, which the engine unrolls.
  for (; two && out + 16 <= end; out += 16, from += 16) {
    const top = both(kind, v128.load(from), v128.load(from + step)), below = from + rowBytes;
    const all = both(kind, both(kind, top, v128.load(below)), v128.load(below + step));
    v128.store(out, kind == Pool.Mean ? f32x4.mul(all, factors) : all);
  }
  for (; out + 16 <= end; out += 16, from += 16) {
    const all = reduceWindow(kind, false, from, rowBytes, step, rows, columns);
    v128.store(out, kind == Pool.Mean ? f32x4.mul(all, factors) : all);
  }
  for (; out < end; out += 4, from += 4) {
    const all = reduceWindow(kind, true, from, rowBytes, step, rows, columns);
    v128.store_lane<f32>(out, kind == Pool.Mean ? f32x4.mul(all, factors) : all, 0);
  }
  return out;
}

/** The windows that begin at four floats, or at one alone. */
@inline
function reduceWindow(
  kind: Pool, alone: bool, from: usize, rowBytes: usize, step: usize, rows: i32, columns: i32
): v128 {
  let all = alone ? v128.load32_zero(from) : v128.load(from);
  for (let r = 0, p = from; r < rows; r++, p += rowBytes) {
    for (let c = r == 0 ? 1 : 0, q = p + c * step; c < columns; c++, q += step) {
      all = both(kind, all, alone ? v128.load32_zero(q) : v128.load(q));
    }
  }
  return all;
}

@inline
function both(kind: Pool, a: v128, b: v128): v128 {
  return kind == Pool.Mean ? f32x4.add(a, b) : f32x4.max(a, b);
}

/** Bytes of scratch that `meanPoolGrad` needs. */
export function meanPoolGradScratch(g: Geometry): i32 {
  return (g.inHeight + g.filterHeight - 1) * (g.inWidth + g.filterWidth - 1) * g.inChannels << 2;
}

/**
 * dx = the gradient of `meanPool`: the sum, times the same factor, of the pixels of dy whose windows a pixel lies in. They are
 * spread out a stride apart, with zeros between and around them.
 */
export function meanPoolGrad(dy: usize, dx: usize, g: Geometry, scratch: usize): void {
  const step = <usize>g.inChannels << 2, height = g.inHeight + g.filterHeight - 1, width = g.inWidth + g.filterWidth - 1;
  const rowBytes = width * step, top = g.filterHeight - 1 - g.padTop, left = g.filterWidth - 1 - g.padLeft;
  const pixels = g.strideWidth == 1 && left >= 0 && left + g.outWidth <= width ? g.outWidth : 1;
  fill(scratch, height * width * g.inChannels, 0);
  for (let image = 0; image < g.batch; image++) {
    for (let r = 0; r < g.outHeight; r++) {
      const row = r * g.strideHeight + top;
      for (let q = 0; q < g.outWidth; q += pixels, dy += pixels * step) {
        const column = q * g.strideWidth + left, within = <u32>row < <u32>height && <u32>column < <u32>width;
        if (within) copy(scratch + row * rowBytes + column * step, dy, pixels * g.inChannels);
      }
    }
    for (let r = 0, from = scratch; r < g.inHeight; r++, from += rowBytes) {
      dx = poolRun(Pool.Mean, from, dx, g.inWidth * g.inChannels, rowBytes, step, g.filterHeight, g.filterWidth);
    }
  }
}

/** Bytes of scratch that `maxPoolGrad` needs: x and dx with their padding. */
export function maxPoolGradScratch(g: Geometry): i32 { return inside(g) ? 4 : coveredSize(g) << 3; }

/** dx = the gradient of `maxPool`, y its result: each value of dy goes to the first maximum of its window in row order. */
export function maxPoolGrad(dy: usize, x: usize, y: usize, dx: usize, g: Geometry, scratch: usize): void {
  const direct = inside(g), step = <usize>g.inChannels << 2, size = g.inHeight * g.inWidth * g.inChannels;
  const rowBytes = (direct ? g.inWidth : coveredWidth(g)) * step, n = runLength(g), sums = scratch + (coveredSize(g) << 2);
  if (!direct) fill(scratch, coveredSize(g), -Infinity);
  for (let image = 0; image < g.batch; image++, x += size << 2, dx += size << 2) {
    if (!direct) {
      copyCovered(x, scratch, g, true);
      fill(sums, coveredSize(g), 0);
    }
    fill(dx, size, 0);
    for (let r = 0; r < g.outHeight; r++) {
      let at = r * g.strideHeight * rowBytes;
      for (let run = 0; run < runsOf(g); run++, at += g.strideWidth * step, dy += n << 2, y += n << 2) {
        maxPoolGradRun(dy, (direct ? x : scratch) + at, y, (direct ? dx : sums) + at, n, rowBytes, step, g);
      }
    }
    if (!direct) copyCovered(dx, sums, g, false);
  }
}

@inline
function maxPoolGradRun(
  dy: usize, x: usize, y: usize, dx: usize, n: i32, rowBytes: usize, step: usize, g: Geometry
): void {
  const end = dy + (<usize>n << 2);
  for (; dy + 16 <= end; dy += 16, y += 16, x += 16, dx += 16) {
    const most = v128.load(y);
    let open = v128.load(dy);
    for (let r = 0, row: usize = 0; r < g.filterHeight; r++, row += rowBytes) {
      for (let c = 0, at = row; c < g.filterWidth; c++, at += step) {
        const less = f32x4.lt(v128.load(x + at), most);
        v128.store(dx + at, f32x4.add(v128.load(dx + at), v128.andnot(open, less)));
        open = v128.and(open, less);
      }
    }
  }
  for (; dy < end; dy += 4, y += 4, x += 4, dx += 4) {
    let at: usize = 0;
    // The maximum is among them, so the search ends within the window.
    for (let place = 0; load<f32>(x + at) < load<f32>(y); ) {
      place++;
      at = place / g.filterWidth * rowBytes + place % g.filterWidth * step;
    }
    store<f32>(dx + at, load<f32>(dx + at) + load<f32>(dy));
  }
}
