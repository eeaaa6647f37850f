import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Picture } from '../../pictures/picture.ts';

interface Props {
  /** Picture file of the build; while it is given, it is what is shown. */
  file: string | undefined;
  /** Draws the picture here, if there is no file. */
  draw: () => Picture;
  /** Ink on paper, which the dark theme inverts; a coloured change otherwise. */
  ink?: boolean;
  /** What a person sees, and what the network says. */
  alt: string;
  /** Width of the file in pixels. */
  size: number;
}

/** One image of 28 by 28 pixels: the build's file, or drawn by this browser; both fill their place alike. */
export function PixelPicture({ file, draw, ink = false, alt, size }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<Picture['data']>();
  useLayoutEffect(() => {
    if (file !== undefined) {
      drawn.current = undefined;
      return;
    }
    const { width, data } = draw();
    const before = drawn.current;
    // What is put is painted again, even where nothing has changed.
    if (before && data.every((value, i) => value === before[i])) return;
    drawn.current = data;
    canvas
      .current!.getContext('2d', { willReadFrequently: true })!
      .putImageData(new ImageData(data, width), 0, 0);
  });
  return (
    <span class={ink ? 'pixel-picture ink' : 'pixel-picture'}>
      {file === undefined ? (
        <canvas ref={canvas} width={28} height={28} role="img" aria-label={alt} />
      ) : (
        <img src={file} width={size} height={size} alt={alt} />
      )}
    </span>
  );
}
