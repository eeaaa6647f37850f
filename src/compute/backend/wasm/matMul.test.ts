import * as fc from 'fast-check';
import { beforeAll, it } from 'vitest';
import { expectLikeCpu } from './testing/kernelProperties.ts';
import { startWasmBackend } from './startWasmBackend.ts';

beforeAll(startWasmBackend);

const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

it('BatchMatMul equals the CPU backend for every transposition, batch and broadcast', async () => {
  const size = fc.oneof(upTo(9), fc.constantFrom(16, 32, 33));
  const cases = fc.record({
    m: size,
    k: size,
    n: size,
    batchA: fc.constantFrom(1, 3),
    batchB: fc.constantFrom(1, 3),
    rank: fc.constantFrom(2, 3),
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
    seed: fc.nat(1000),
  });
  await fc.assert(
    fc.asyncProperty(cases, ({ m, k, n, batchA, batchB, rank, transposeA, transposeB, seed }) => {
      const batch = (size_: number): number[] => (rank === 2 ? [] : [size_]);
      const a = [...batch(batchA), ...(transposeA ? [k, m] : [m, k])];
      const b = [...batch(batchB), ...(transposeB ? [n, k] : [k, n])];
      return expectLikeCpu({
        kernelName: 'BatchMatMul',
        shapes: { a, b },
        attrs: { transposeA, transposeB },
        seed,
      });
    }),
    { numRuns: 100, seed: 5 },
  );
});
