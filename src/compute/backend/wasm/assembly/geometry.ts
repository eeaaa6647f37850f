// The sizes of a convolution, channels last, as thirty-two-bit integers in the order that the TypeScript side writes them.

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
