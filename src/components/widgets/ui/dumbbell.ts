/** Scale of the paired marks: linear from 0 to 1, or logarithmic from 10⁻¹² to 1. */
export type VectorScale = 'linear' | 'log';

const decades = 12;

/** Place of a probability on a scale, in percent of its length. */
export function place(p: number, scale: VectorScale): number {
  const at = scale === 'linear' ? p : Math.max(0, (Math.log10(p) + decades) / decades);
  return Math.round(at * 1e5) / 1e3;
}

/** Places of two probabilities and of the bar between them, in percent. */
export function dumbbell(before: number, after: number, scale: VectorScale) {
  const [a, b] = [place(before, scale), place(after, scale)];
  return { before: a, after: b, left: Math.min(a, b), width: Math.round(Math.abs(a - b) * 1e3) / 1e3 };
}

/** Ticks of a scale: place in percent and text, with the exponent apart. */
export function scaleTicks(scale: VectorScale): { at: number; text: string; exponent?: string }[] {
  return [0, 25, 50, 75, 100].map((at) => {
    if (scale === 'linear') return { at, text: String(at / 100) };
    const exponent = (at / 100 - 1) * decades;
    return exponent === 0 ? { at, text: '1' } : { at, text: '10', exponent: `−${-exponent}` };
  });
}
