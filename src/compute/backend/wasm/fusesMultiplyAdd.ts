// Relaxed SIMD leaves it to the processor whether a multiply-add rounds once or twice: one instruction where there is a
// fused form (x86 since 2013, all 64-bit ARM), two elsewhere. Within one engine the answer never changes, so it is asked
// once; it chooses the kernels and stands in the backend's identity.

/**
 * (module (func (export "madd") (param f32 f32 f32) (result f32)
 *   (f32x4.extract_lane 0 (f32x4.relaxed_madd
 *     (f32x4.splat (local.get 0)) (f32x4.splat (local.get 1)) (f32x4.splat (local.get 2))))))
 */
const probe = Buffer.from(
  [
    '0061736d01000000',
    '01080160037d7d7d017d',
    '03020100',
    '070801046d6164640000',
    '0a160114002000fd132001fd132002fd13fd8502fd1f000b',
  ].join(''),
  'hex',
);

function ask(): boolean {
  if (!WebAssembly.validate(probe)) return false;
  const { madd } = new WebAssembly.Instance(new WebAssembly.Module(probe)).exports as {
    madd: (a: number, b: number, c: number) => number;
  };
  // (1 + 2⁻¹²)² = 1 + 2⁻¹¹ + 2⁻²⁴, whose last term only an unrounded product keeps.
  const factor = 1 + 2 ** -12;
  return madd(factor, factor, -1 - 2 ** -11) === 2 ** -24;
}

let answer: boolean | undefined;

/** Whether this engine, on this processor, has a multiply-add in relaxed SIMD that rounds once. */
export function fusesMultiplyAdd(): boolean {
  answer ??= ask();
  return answer;
}
