// The ink under the pen: drawn ten times finer than MNIST, so that it can be scaled without steps.
const fine = 280;
const pen = 22;

/** A sheet that a pen draws on. Places are in shares of its side. */
export interface InkCanvas {
  /** Draws from one place to another. */
  draw: (from: readonly [number, number], to: readonly [number, number]) => void;
  clear: () => void;
  /** The ink at its full fineness, `width` × `width` values from 0 to 1. */
  ink: () => { values: Float32Array; width: number };
  /** The ink as 28 by 28 means. */
  coarse: () => Float32Array;
}

/** An empty sheet. */
export function createInkCanvas(): InkCanvas {
  const canvas = document.createElement('canvas');
  canvas.width = fine;
  canvas.height = fine;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.lineWidth = pen;
  context.lineCap = 'round';
  const ink = () => {
    const { data } = context.getImageData(0, 0, fine, fine);
    return {
      values: Float32Array.from({ length: fine * fine }, (_, i) => data[4 * i + 3]! / 255),
      width: fine,
    };
  };
  return {
    draw: ([fromX, fromY], [toX, toY]) => {
      context.beginPath();
      context.moveTo(fromX * fine, fromY * fine);
      context.lineTo(toX * fine + 0.01, toY * fine);
      context.stroke();
    },
    clear: () => context.clearRect(0, 0, fine, fine),
    ink,
    coarse: () => {
      const { values } = ink();
      const scale = fine / 28;
      const means = new Float32Array(28 * 28);
      values.forEach((value, i) => {
        const row = Math.floor(Math.floor(i / fine) / scale);
        means[row * 28 + Math.floor((i % fine) / scale)]! += value / (scale * scale);
      });
      return means.map((value) => Math.min(1, value));
    },
  };
}
