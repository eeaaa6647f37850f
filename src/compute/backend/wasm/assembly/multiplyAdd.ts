// The one operation that carries all multiplications, in one instruction and with one rounding where the module is compiled
// for processors that fuse it (relaxed SIMD), in two of each elsewhere.

/** sum + a · b. */
@inline
export function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, sum) : f32x4.add(sum, f32x4.mul(a, b));
}
