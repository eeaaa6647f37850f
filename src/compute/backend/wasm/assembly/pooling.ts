// Sum over windows that move by one pixel, times a factor: average pooling and, with dy padded, its gradient. A row of the
// result is a sum of shifted rows, whatever the channels.
import { Geometry, copyCovered, coveredSize, coveredWidth, inside, zero } from './geometry';

/** Bytes of scratch that `slidingMean` needs. */
export function slidingMeanScratch(g: Geometry): i32 {
  return inside(g) ? 4 : coveredSize(g) << 2;
}

@inline
function sumWindow(from: usize, rowBytes: usize, g: Geometry): f32 {
  let sum: f32 = 0;
  for (let r = 0; r < g.filterHeight; r++) {
    for (let c = 0; c < g.filterWidth; c++) sum += load<f32>(from + r * rowBytes + (<usize>(c * g.inChannels) << 2));
  }
  return sum;
}

/** out = factor · Σ over each window of x, zeros outside x; strides 1. */
export function slidingMean(x: usize, out: usize, g: Geometry, scratch: usize, factor: f32): void {
  const direct = inside(g), channels = g.inChannels, step = <usize>channels << 2;
  const rowBytes = <usize>((direct ? g.inWidth : coveredWidth(g)) * channels) << 2;
  const imageBytes = <usize>(g.inHeight * g.inWidth * channels) << 2;
  const length = <usize>(g.outWidth * channels) << 2, factors = f32x4.splat(factor);
  if (!direct) zero(scratch, coveredSize(g));
  for (let image = 0; image < g.batch; image++, x += imageBytes) {
    if (!direct) copyCovered(x, scratch, g, true);
    let row = direct ? x : scratch;
    for (let r = 0; r < g.outHeight; r++, row += rowBytes) {
      let from = row;
      const end = out + length;
      for (; out + 64 <= end; out += 64, from += 64) {
        let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
        for (let fr = 0, p = from; fr < g.filterHeight; fr++, p += rowBytes) {
          for (let fc = 0, q = p; fc < g.filterWidth; fc++, q += step) {
            s0 = f32x4.add(s0, v128.load(q)); s1 = f32x4.add(s1, v128.load(q, 16));
            s2 = f32x4.add(s2, v128.load(q, 32)); s3 = f32x4.add(s3, v128.load(q, 48));
          }
        }
        v128.store(out, f32x4.mul(s0, factors)); v128.store(out, f32x4.mul(s1, factors), 16);
        v128.store(out, f32x4.mul(s2, factors), 32); v128.store(out, f32x4.mul(s3, factors), 48);
      }
      for (; out < end; out += 4, from += 4) store<f32>(out, factor * sumWindow(from, rowBytes, g));
    }
  }
}
