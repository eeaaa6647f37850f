import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { epsilon as writeEpsilon } from '../../format.ts';
import { changePicture, digitPicture, side, type Picture } from '../../pictures/picture.ts';

interface Props {
  /** Picture file of the build; while it is given, it is what is shown. */
  file?: string | undefined;
  /** The pixels, ink on paper, which the dark theme inverts; with a scale a coloured change of each. */
  values: Float32Array | Int8Array;
  /** The change that has the full colour. */
  scale?: number;
  /** What a person sees, and what the network says. */
  alt: string;
  children?: ComponentChildren;
}

/** One image of 28 by 28 pixels: the build's file, or drawn by this browser; both fill their place alike. */
export function PixelPicture({ file, values, scale, alt, children }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<Picture['data']>();
  useLayoutEffect(() => {
    if (file !== undefined) {
      drawn.current = undefined;
      return;
    }
    const { width, data } =
      scale === undefined ? digitPicture(values.map(withinUnit)) : changePicture(values, scale || 1);
    const before = drawn.current;
    // What is put is painted again, even where nothing has changed.
    if (before && data.every((value, i) => value === before[i])) return;
    drawn.current = data;
    canvas.current!.getContext('2d')!.putImageData(new ImageData(data, width), 0, 0);
  });
  return (
    <span class={scale === undefined ? 'pixel-picture ink' : 'pixel-picture'}>
      {file === undefined ? (
        <canvas ref={canvas} width={side} height={side} role="img" aria-label={alt} />
      ) : (
        <img src={file} alt={alt} />
      )}
      {children}
    </span>
  );
}

/** Without the clip values may leave [0, 1]; they are shown as its ends. */
const withinUnit = (value: number) => Math.min(1, Math.max(0, value));

/** x_t − x, pixel by pixel. */
export function changeOf(perturbed: Float32Array, pixels: Float32Array): Float32Array {
  return perturbed.map((value, i) => value - pixels[i]!);
}

const stops = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1];

/** The scale of the changes: −ε green, 0 the ground, +ε magenta. */
export function ScaleKey({ epsilon }: { epsilon: number }) {
  const end = writeEpsilon(epsilon);
  return (
    <div class="scale-key">
      <i aria-hidden="true">
        {stops.map((stop) => (
          <s
            key={stop}
            style={`background:rgb(var(--scale-${stop < 0 ? 'neg' : 'pos'}) / ${Math.abs(stop)})`}
          />
        ))}
      </i>
      <span>−{end}</span>
      <span>0</span>
      <span>+{end}</span>
    </div>
  );
}
