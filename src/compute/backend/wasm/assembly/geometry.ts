// The sizes of a convolution, channels last, where its windows begin, and copies of images and of gradients.

/** Thirty-two-bit integers in the order that the TypeScript side writes them. */
@unmanaged
export class Geometry {
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  filterHeight: i32;
  filterWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  padTop: i32;
  padLeft: i32;
}

/** Images that go through a kernel together: four pixels at a time stay independent of the rest of the batch. */
export const GROUP: i32 = 4;

/** Floats in one row of a window; contiguous in memory. */
@inline export function windowRow(g: Geometry): i32 { return g.filterWidth * g.inChannels; }

/** Height and width that the windows together cover. */
@inline export function coveredHeight(g: Geometry): i32 { return (g.outHeight - 1) * g.strideHeight + g.filterHeight; }
@inline export function coveredWidth(g: Geometry): i32 { return (g.outWidth - 1) * g.strideWidth + g.filterWidth; }

/** Floats of one covered image, with slack for a vector that reaches past its end. */
@inline export function coveredSize(g: Geometry): i32 { return coveredHeight(g) * coveredWidth(g) * g.inChannels + 8; }

@inline export function pixelsOf(g: Geometry): i32 { return g.outHeight * g.outWidth; }

@inline export function upTo8(n: i32): i32 { return (n + 7) & ~7; }
@inline export function upTo4(n: i32): i32 { return (n + 3) & ~3; }

/** Whether every window lies inside the image, so that it can be read where it is. */
@inline export function inside(g: Geometry): bool {
  return g.padTop == 0 && g.padLeft == 0 && coveredHeight(g) <= g.inHeight && coveredWidth(g) <= g.inWidth;
}

/** Byte offset of each window's corner, for all pixels of a group of images that are `imageBytes` apart. */
export function windowOffsets(to: usize, imageBytes: i32, rowBytes: i32, images: i32, g: Geometry): void {
  const step = g.strideWidth * g.inChannels << 2;
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < g.outHeight; row++) {
      let offset = image * imageBytes + row * g.strideHeight * rowBytes;
      for (let column = 0; column < g.outWidth; column++, to += 4, offset += step) store<i32>(to, offset);
    }
  }
}

// Vector loops, since the bulk-memory instructions cost a call each.

/** Sets n floats to a value. */
export function fill(to: usize, n: i32, value: f32): void {
  const end = to + (<usize>n << 2);
  for (; to + 16 <= end; to += 16) v128.store(to, f32x4.splat(value));
  for (; to < end; to += 4) store<f32>(to, value);
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

/** a where b is not ≤ 0, else 0. */
@inline
export function whereAbove0(a: v128, b: v128): v128 {
  return v128.andnot(a, f32x4.le(b, f32x4.splat(0)));
}

/** Copies n floats, those where y is not ≤ 0; the others become 0. */
@inline
export function copyWhereAbove0(to: usize, from: usize, y: usize, n: i32): void {
  const end = to + (<usize>n << 2);
  for (; to + 16 <= end; to += 16, from += 16, y += 16) v128.store(to, whereAbove0(v128.load(from), v128.load(y)));
  for (; to < end; to += 4, from += 4, y += 4) store<f32>(to, load<f32>(y) <= 0 ? 0 : load<f32>(from));
}
