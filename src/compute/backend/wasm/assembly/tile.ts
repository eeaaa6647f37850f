// The two register tiles that carry all multiplications: 4 × 8 sums in eight vectors, the most that sixteen SIMD
// registers hold beside their operands.

/** sum + a · b, in one instruction and with one rounding where the module is compiled for relaxed SIMD, in two of each elsewhere. */
@inline
export function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, sum) : f32x4.add(sum, f32x4.mul(a, b));
}

/**
 * outᵢ[0..8) = startᵢ[0..8) + Σ_r Σ_k pᵢ[r][k] · w[r][k][0..8), i = 0..3, where the rows of pᵢ are `rowBytes` apart and w
 * is packed; at least `lowest` if `clamp`, a constant. The sum runs in the order of memory.
 */
@inline
export function tile(
  p0: usize, p1: usize, p2: usize, p3: usize, rows: i32, rowBytes: usize, k: i32, w: usize,
  s0: usize, s1: usize, s2: usize, s3: usize, o0: usize, o1: usize, o2: usize, o3: usize, clamp: bool, lowest: f32
): void {
  let c00 = v128.load(s0), c01 = v128.load(s0, 16), c10 = v128.load(s1), c11 = v128.load(s1, 16);
  let c20 = v128.load(s2), c21 = v128.load(s2, 16), c30 = v128.load(s3), c31 = v128.load(s3, 16);
  const rowEnd = <usize>k << 2, skip = rowBytes - rowEnd;
  for (let r = 0; r < rows; r++) {
    const end = p0 + rowEnd;
    while (p0 < end) {
      const w0 = v128.load(w), w1 = v128.load(w, 16);
      let a = v128.load_splat<f32>(p0); c00 = multiplyAdd(c00, a, w0); c01 = multiplyAdd(c01, a, w1);
      a = v128.load_splat<f32>(p1); c10 = multiplyAdd(c10, a, w0); c11 = multiplyAdd(c11, a, w1);
      a = v128.load_splat<f32>(p2); c20 = multiplyAdd(c20, a, w0); c21 = multiplyAdd(c21, a, w1);
      a = v128.load_splat<f32>(p3); c30 = multiplyAdd(c30, a, w0); c31 = multiplyAdd(c31, a, w1);
      p0 += 4; p1 += 4; p2 += 4; p3 += 4; w += 32;
    }
    p0 += skip; p1 += skip; p2 += skip; p3 += skip;
  }
  if (clamp) {
    const floor = f32x4.splat(lowest);
    c00 = f32x4.pmax(c00, floor); c01 = f32x4.pmax(c01, floor); c10 = f32x4.pmax(c10, floor); c11 = f32x4.pmax(c11, floor);
    c20 = f32x4.pmax(c20, floor); c21 = f32x4.pmax(c21, floor); c30 = f32x4.pmax(c30, floor); c31 = f32x4.pmax(c31, floor);
  }
  v128.store(o0, c00); v128.store(o0, c01, 16); v128.store(o1, c10); v128.store(o1, c11, 16);
  v128.store(o2, c20); v128.store(o2, c21, 16); v128.store(o3, c30); v128.store(o3, c31, 16);
}

/**
 * sums[i][0..8) += Σ_q x[offsets[q] + i] · dy[q][0..8), i = 0..3: pixels of dy are `dyStep` bytes apart up to `dyEnd`, rows
 * of the sums `sumStep`; offsets in bytes.
 */
@inline
export function outerTile(
  x: usize, offsets: usize, dy: usize, dyStep: usize, dyEnd: usize, sums: usize, sumStep: usize
): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  while (dy < dyEnd) {
    const d0 = v128.load(dy), d1 = v128.load(dy, 16), p = x + load<u32>(offsets);
    let a = v128.load_splat<f32>(p); c00 = multiplyAdd(c00, a, d0); c01 = multiplyAdd(c01, a, d1);
    a = v128.load_splat<f32>(p, 4); c10 = multiplyAdd(c10, a, d0); c11 = multiplyAdd(c11, a, d1);
    a = v128.load_splat<f32>(p, 8); c20 = multiplyAdd(c20, a, d0); c21 = multiplyAdd(c21, a, d1);
    a = v128.load_splat<f32>(p, 12); c30 = multiplyAdd(c30, a, d0); c31 = multiplyAdd(c31, a, d1);
    offsets += 4; dy += dyStep;
  }
  addTo(sums, c00, c01);
  addTo(sums + sumStep, c10, c11);
  addTo(sums + 2 * sumStep, c20, c21);
  addTo(sums + 3 * sumStep, c30, c31);
}

@inline
function addTo(sums: usize, low: v128, high: v128): void {
  v128.store(sums, f32x4.add(v128.load(sums), low));
  v128.store(sums, f32x4.add(v128.load(sums, 16), high), 16);
}
