// What stands between the convolutions, in one pass over memory each.

/** out[r][c] = x[r][c] + bias[c]; x [rows, columns], columns a multiple of 4. */
export function addBias(x: usize, bias: usize, out: usize, rows: i32, columns: i32): void {
  const step = <usize>columns << 2;
  for (let r = 0; r < rows; r++, x += step, out += step) {
    for (let c: usize = 0; c < step; c += 16) {
      v128.store(out + c, f32x4.add(v128.load(x + c), v128.load(bias + c)));
    }
  }
}

/** dx[i] = dy[i] where x[i] is not ≤ 0, else 0; n values. */
export function reluGrad(dy: usize, x: usize, dx: usize, n: i32): void {
  const none = f32x4.splat(0), end = dx + (<usize>n << 2);
  for (; dx + 16 <= end; dx += 16, dy += 16, x += 16) {
    v128.store(dx, v128.andnot(v128.load(dy), f32x4.le(v128.load(x), none)));
  }
  for (; dx < end; dx += 4, dy += 4, x += 4) store<f32>(dx, load<f32>(x) <= 0 ? 0 : load<f32>(dy));
}
