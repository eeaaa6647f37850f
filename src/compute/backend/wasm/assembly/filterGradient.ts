// Gradient of a convolution with respect to its filter, through the register tile.
import {
  Geometry, copy, copyCovered, copyWhereAbove0, coveredSize, coveredWidth, fill, inside, pixelsOf, upTo4, upTo8, windowOffsets, windowRow,
} from './geometry';
import { outerTile } from './tile';

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
 * the pixels of a few images pass; where `y`, if it is given, is not above 0, dy counts as 0.
 */
export function conv2DBackpropFilter(x: usize, dy: usize, y: usize, dFilter: usize, g: Geometry, scratch: usize): void {
  const channels = upTo8(g.outChannels), pixels = pixelsOf(g), window = windowRow(g), width = upTo4(window);
  const exact = channels == g.outChannels && !y, direct = inside(g) && width == window, group = groupOf(g);
  const rowBytes = (direct ? g.inWidth : coveredWidth(g)) * g.inChannels << 2;
  const imageBytes = g.inHeight * g.inWidth * g.inChannels << 2, coveredBytes = coveredSize(g) << 2;
  const stepBytes = channels << 2, dyStep = g.outChannels << 2;
  const sums = scratch, padded = sums + g.filterHeight * width * stepBytes;
  const offsets = padded + group * coveredBytes, rows = offsets + (group * pixels << 2);
  fill(sums, g.filterHeight * width * channels + group * coveredSize(g), 0);
  windowOffsets(offsets, direct ? imageBytes : coveredBytes, rowBytes, group, g);
  if (!exact) fill(rows, group * pixels * channels, 0);

  for (let first = 0; first < g.batch; first += group) {
    const images = min(group, g.batch - first), n = images * pixels;
    if (!direct) for (let i = 0; i < images; i++) copyCovered(x + i * imageBytes, padded + i * coveredBytes, g, true);
    for (let q = 0; q < n && !exact; q++) {
      const to = rows + q * stepBytes, skip = q * dyStep;
      if (y) copyWhereAbove0(to, dy + skip, y + skip, g.outChannels);
      else copy(to, dy + skip, g.outChannels);
    }
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
    if (y) y += group * pixels * dyStep;
  }
  for (let r = 0; r < g.filterHeight; r++) {
    for (let k = 0; k < window; k++, dFilter += dyStep) {
      copy(dFilter, sums + (r * width + k) * stepBytes, g.outChannels);
    }
  }
}
