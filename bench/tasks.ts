// The tasks of the report's stages, and those that do nothing but what is to be timed.
import { compileAssembly, fusesMultiplyAdd } from '../src/compute/backend/wasm/compileKernels.ts';
import { inputGradient } from '../src/compute/attacks/inputGradient.ts';
import { onDigits, type DigitsArguments } from '../src/compute/experiments/digits.ts';
import { tasks as reportTasks } from '../src/compute/experiments/index.ts';

/** Digits, and how often to go through them. */
interface RepeatArguments extends DigitsArguments {
  passes: number;
}

/** Task: forward passes. */
export function repeatForward({ passes, ...digits }: RepeatArguments): void {
  onDigits(digits, (classifier, images) => {
    for (let pass = 0; pass < passes; pass++) {
      const logits = classifier(images);
      logits.dataSync();
      logits.dispose();
    }
  });
}

/** Task: input gradients. */
export function repeatInputGradient({ passes, ...digits }: RepeatArguments): void {
  onDigits(digits, (classifier, images, labels) => {
    for (let pass = 0; pass < passes; pass++) inputGradient(classifier, images, labels).dispose();
  });
}

// The most that one thread can do in WebAssembly: multiplications and additions of four floats, in registers, twelve chains of
// them so that none waits for another; fused where the kernels fuse them too.
const CHAINS = Array.from({ length: 12 }, (_, i) => i);

const fused = fusesMultiplyAdd();

const source = `
  export function multiplyAndAdd(rounds: i32): f32 {
    const m = f32x4.splat(0.5), c = f32x4.splat(1);
    ${CHAINS.map((i) => `let a${i} = f32x4.splat(${i});`).join(' ')}
    for (let round = 0; round < rounds; round++) {
      ${CHAINS.map((i) => `a${i} = ${fused ? `f32x4.relaxed_madd(a${i}, m, c)` : `f32x4.add(f32x4.mul(a${i}, m), c)`};`).join('\n')}
    }
    return f32x4.extract_lane(${CHAINS.map((i) => `a${i}`).reduce((sum, a) => `f32x4.add(${sum}, ${a})`)}, 0);
  }`;

/** Floating-point operations of one round. */
export const OPERATIONS = 2 * 4 * CHAINS.length;

let kernel: Promise<(rounds: number) => number> | undefined;

async function compile(): Promise<(rounds: number) => number> {
  const bytes = await compileAssembly(new Map([['index.ts', source]]), ['index.ts'], fused);
  const { instance } = await WebAssembly.instantiate(bytes, {
    env: { memory: new WebAssembly.Memory({ initial: 0 }) },
  });
  return instance.exports.multiplyAndAdd as (rounds: number) => number;
}

/** Task: so many rounds on this thread. */
export async function multiplyAndAdd({ rounds }: { rounds: number }): Promise<number> {
  kernel ??= compile();
  return (await kernel)(rounds);
}

/** Tasks by name. */
export const tasks = { ...reportTasks, repeatForward, repeatInputGradient, multiplyAndAdd };
