// Column sums of a matrix: the gradient of a bias. Sums of 32 rows are added up, which keeps the rounding error small.

const BLOCK: i32 = 32;

/** out[c] = Σ_r x[r][c]; x [rows, columns]. */
export function sumRows(x: usize, out: usize, rows: i32, columns: i32): void {
  const step = <usize>columns << 2;
  memory.fill(out, 0, step);
  for (let first = 0; first < rows; first += BLOCK, x += BLOCK * step) {
    const n = min(BLOCK, rows - first);
    let c: usize = 0;
    for (; c + 16 <= step; c += 16) {
      let sum = f32x4.splat(0), p = x + c;
      for (let r = 0; r < n; r++, p += step) sum = f32x4.add(sum, v128.load(p));
      v128.store(out + c, f32x4.add(v128.load(out + c), sum));
    }
    for (; c < step; c += 4) {
      let sum: f32 = 0, p = x + c;
      for (let r = 0; r < n; r++, p += step) sum += load<f32>(p);
      store<f32>(out + c, load<f32>(out + c) + sum);
    }
  }
}
