// Where windows begin.
import { Geometry } from './geometry';

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
