// The register tiles that carry all multiplications: eight vectors of sums, the most that sixteen SIMD registers hold beside
// their operands. Each sum runs through its products one after the other, in the order of memory.

/** sum + a · b, in one instruction and with one rounding where the module is compiled for relaxed SIMD, in two of each elsewhere. */
@inline
function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, sum) : f32x4.add(sum, f32x4.mul(a, b));
}

@inline
function biased(sum: v128, bias: v128, floor: v128): v128 {
  return f32x4.pmax(f32x4.add(sum, bias), floor);
}

/**
 * Four pixels, eight channels: outᵢ[0..8) = max(lowest, Σ_r Σ_k pᵢ[r][k] · w[r][k][0..8) + bias[0..8)), i = 0..3, where the rows
 * of pᵢ are `rowBytes` apart and w is packed.
 */
@inline
export function pixelTile(
  p0: usize, p1: usize, p2: usize, p3: usize, rows: i32, rowBytes: usize, k: i32, w: usize, bias: usize, lowest: f32,
  o0: usize, o1: usize, o2: usize, o3: usize
): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
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
  const b0 = v128.load(bias), b1 = v128.load(bias, 16), floor = f32x4.splat(lowest);
  v128.store(o0, biased(c00, b0, floor)); v128.store(o0, biased(c01, b1, floor), 16);
  v128.store(o1, biased(c10, b0, floor)); v128.store(o1, biased(c11, b1, floor), 16);
  v128.store(o2, biased(c20, b0, floor)); v128.store(o2, biased(c21, b1, floor), 16);
  v128.store(o3, biased(c30, b0, floor)); v128.store(o3, biased(c31, b1, floor), 16);
}

/**
 * Eight images in lanes, four outputs: sums[image][0..4) = Σ_r Σ_k x[r][k][image] · w[r][k][0..4), where x holds the first four
 * images and, `quad` bytes on, the other four; rows are `xRow` and `wRow` bytes apart and `length` bytes long.
 * The sums are stored as [quad][output][lane].
 */
@inline
export function laneTile(
  x: usize, quad: usize, rows: i32, xRow: usize, w: usize, wRow: usize, length: usize, sums: usize
): void {
  let c00 = f32x4.splat(0), c01 = c00, c02 = c00, c03 = c00, c10 = c00, c11 = c00, c12 = c00, c13 = c00;
  const skipX = xRow - length, skipW = wRow - length;
  let y = x + quad;
  for (let r = 0; r < rows; r++) {
    const end = x + length;
    while (x < end) {
      const x0 = v128.load(x), x1 = v128.load(y);
      let a = v128.load_splat<f32>(w); c00 = multiplyAdd(c00, x0, a); c10 = multiplyAdd(c10, x1, a);
      a = v128.load_splat<f32>(w, 4); c01 = multiplyAdd(c01, x0, a); c11 = multiplyAdd(c11, x1, a);
      a = v128.load_splat<f32>(w, 8); c02 = multiplyAdd(c02, x0, a); c12 = multiplyAdd(c12, x1, a);
      a = v128.load_splat<f32>(w, 12); c03 = multiplyAdd(c03, x0, a); c13 = multiplyAdd(c13, x1, a);
      x += 16; y += 16; w += 16;
    }
    x += skipX; y += skipX; w += skipW;
  }
  v128.store(sums, c00); v128.store(sums, c01, 16); v128.store(sums, c02, 32); v128.store(sums, c03, 48);
  v128.store(sums, c10, 64); v128.store(sums, c11, 80); v128.store(sums, c12, 96); v128.store(sums, c13, 112);
}

/**
 * Four entries of a window, eight channels: sums[i][0..8) += Σ_q x[offsets[q] + i] · dy[q][0..8), i = 0..3: pixels of dy are
 * `dyStep` bytes apart up to `dyEnd`, rows of the sums `sumStep`; offsets in bytes.
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
