// Copies between images and their padded copies; vector loops, since the bulk-memory instructions cost a call each.
import { Geometry, coveredHeight, coveredWidth } from './geometry';

/** Sets n floats to 0. */
export function zero(to: usize, n: i32): void {
  const end = to + (<usize>n << 2);
  for (; to + 16 <= end; to += 16) v128.store(to, f32x4.splat(0));
  for (; to < end; to += 4) store<f32>(to, 0);
}

/** Copies n floats. */
@inline
export function copy(to: usize, from: usize, n: i32): void {
  const end = to + (<usize>n << 2);
  for (; to + 16 <= end; to += 16, from += 16) v128.store(to, v128.load(from));
  for (; to < end; to += 4, from += 4) store<f32>(to, load<f32>(from));
}

/**
 * Copies the part of an image that windows cover into its zeroed, padded copy (`inward`), or that part back out of it
 * (not `inward`).
 */
export function copyCovered(image: usize, padded: usize, g: Geometry, inward: bool): void {
  const width = coveredWidth(g), channels = g.inChannels;
  const columns = min(g.inWidth, width - g.padLeft) * channels;
  const lastRow = min(g.inHeight, coveredHeight(g) - g.padTop);
  for (let row = 0; row < lastRow; row++) {
    const outer = image + (<usize>(row * g.inWidth * channels) << 2);
    const inner = padded + (<usize>(((row + g.padTop) * width + g.padLeft) * channels) << 2);
    if (inward) copy(inner, outer, columns);
    else copy(outer, inner, columns);
  }
}
