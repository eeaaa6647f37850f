// Functions of single values and sums over rows, in one pass over memory each.
import { whereAbove0 } from './geometry';

const enum Operation { Maximum, Minimum, Greater, Less, WhereAbove0 }

@inline
function combine(operation: Operation, a: v128, b: v128): v128 {
  if (operation == Operation.Maximum) return f32x4.max(a, b);
  if (operation == Operation.Minimum) return f32x4.min(a, b);
  if (operation == Operation.Greater) return f32x4.gt(a, b);
  if (operation == Operation.Less) return f32x4.lt(a, b);
  return whereAbove0(a, b);
}

/** out[i] = a[i] ∘ b[i], or a[i] ∘ b[0] if `scalar`; n values. */
@inline
function map(operation: Operation, a: usize, b: usize, out: usize, n: i32, scalar: bool): void {
  const end = out + (<usize>n << 2), first = v128.load_splat<f32>(b), step: usize = scalar ? 0 : 4;
  if (scalar) {
    for (; out + 16 <= end; out += 16, a += 16) v128.store(out, combine(operation, v128.load(a), first));
  } else {
    for (; out + 16 <= end; out += 16, a += 16, b += 16) v128.store(out, combine(operation, v128.load(a), v128.load(b)));
  }
  for (; out < end; out += 4, a += 4, b += step) {
    const last = combine(operation, v128.load_splat<f32>(a), v128.load_splat<f32>(b));
    store<f32>(out, f32x4.extract_lane(last, 0));
  }
}

export function maximum(a: usize, b: usize, out: usize, n: i32, scalar: bool): void { map(Operation.Maximum, a, b, out, n, scalar); }
export function minimum(a: usize, b: usize, out: usize, n: i32, scalar: bool): void { map(Operation.Minimum, a, b, out, n, scalar); }

/** dx[i] = dy[i] where x[i] is not ≤ 0, else 0; n values. */
export function reluGrad(dy: usize, x: usize, dx: usize, n: i32): void { map(Operation.WhereAbove0, dy, x, dx, n, false); }

/** Four comparisons, each −1 or 0. */
@inline
function compare4(operation: Operation, a: usize, b: usize, first: v128, scalar: bool, at: usize): v128 {
  return combine(operation, v128.load(a + at), scalar ? first : v128.load(b + at));
}

/** out[i] = a[i] ∘ b[i] as a byte, 1 or 0; or a[i] ∘ b[0] if `scalar`; n values. */
@inline
function compare(operation: Operation, a: usize, b: usize, out: usize, n: i32, scalar: bool): void {
  const end = out + <usize>n, first = v128.load_splat<f32>(b), step: usize = scalar ? 0 : 4, one = i8x16.splat(1);
  for (; out + 16 <= end; out += 16, a += 64, b += step << 4) {
    const low = i16x8.narrow_i32x4_s(
      compare4(operation, a, b, first, scalar, 0), compare4(operation, a, b, first, scalar, 16)
    );
    const high = i16x8.narrow_i32x4_s(
      compare4(operation, a, b, first, scalar, 32), compare4(operation, a, b, first, scalar, 48)
    );
    v128.store(out, v128.and(i8x16.narrow_i16x8_s(low, high), one));
  }
  for (; out < end; out++, a += 4, b += step) {
    const last = combine(operation, v128.load_splat<f32>(a), v128.load_splat<f32>(b));
    store<u8>(out, <u8>(i32x4.extract_lane(last, 0) & 1));
  }
}

export function greater(a: usize, b: usize, out: usize, n: i32, scalar: bool): void { compare(Operation.Greater, a, b, out, n, scalar); }
export function less(a: usize, b: usize, out: usize, n: i32, scalar: bool): void { compare(Operation.Less, a, b, out, n, scalar); }

/** Rows whose sums are added up, which keeps the rounding error small. */
const BLOCK: i32 = 32;

/** out[c] = Σ_r x[r][c]; x [rows, columns]; where `y`, if it is given, is not above 0, x counts as 0. */
export function sumRows(x: usize, y: usize, out: usize, rows: i32, columns: i32): void {
  const step = <usize>columns << 2, toMask = y - x;
  memory.fill(out, 0, step);
  for (let first = 0; first < rows; first += BLOCK, x += BLOCK * step) {
    const n = min(BLOCK, rows - first);
    let c: usize = 0;
    for (; c + 16 <= step; c += 16) {
      let sum = f32x4.splat(0), p = x + c;
      if (y) for (let r = 0; r < n; r++, p += step) sum = f32x4.add(sum, whereAbove0(v128.load(p), v128.load(p + toMask)));
      else for (let r = 0; r < n; r++, p += step) sum = f32x4.add(sum, v128.load(p));
      v128.store(out + c, f32x4.add(v128.load(out + c), sum));
    }
    for (; c < step; c += 4) {
      let sum: f32 = 0, p = x + c;
      for (let r = 0; r < n; r++, p += step) if (!y || !(load<f32>(p + toMask) <= 0)) sum += load<f32>(p);
      store<f32>(out + c, load<f32>(out + c) + sum);
    }
  }
}
