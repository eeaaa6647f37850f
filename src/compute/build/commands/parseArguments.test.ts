import { describe, expect, test } from 'vitest';
import { parseArguments } from './parseArguments.ts';

describe('parseArguments(args, environment)', () => {
  test('without arguments asks for the report on the best backend', () => {
    expect(parseArguments([], {})).toEqual({
      preset: 'report',
      backend: 'auto',
      force: false,
      updateLock: false,
    });
  });

  test('reads every option', () => {
    const args =
      '--force --only train --only evaluate,gallery --preset small --backend wasm --workers 3 --root out --update-lock';
    expect(parseArguments(args.split(' '), {})).toEqual({
      force: true,
      only: ['train', 'evaluate', 'gallery'],
      preset: 'small',
      backend: 'wasm',
      workers: 3,
      root: 'out',
      updateLock: true,
    });
    expect(parseArguments(['--help'], {})).toBe('help');
  });

  test('takes the backend from the environment unless an argument names one', () => {
    expect(parseArguments([], { ADVERSARIAL_BACKEND: 'tensorflow' })).toMatchObject({
      backend: 'tensorflow',
    });
    expect(parseArguments(['--backend', 'wasm'], { ADVERSARIAL_BACKEND: 'gpu' })).toMatchObject({
      backend: 'wasm',
    });
    expect(parseArguments([], { ADVERSARIAL_BACKEND: '' })).toMatchObject({ backend: 'auto' });
    expect(() => parseArguments([], { ADVERSARIAL_BACKEND: 'cuda' })).toThrow(
      "invalid ADVERSARIAL_BACKEND: 'cuda', expected one of auto, gpu, tensorflow, wasm",
    );
  });

  test.each([
    [['--fast'], "Unknown option '--fast'"],
    [['train'], "Unexpected argument 'train'"],
    [['--backend', 'cuda'], "invalid --backend: 'cuda', expected one of auto, gpu, tensorflow, wasm"],
    [['--backend'], "'--backend <value>' argument missing"],
    [['--preset', 'tiny'], "invalid --preset: 'tiny', expected small"],
    [['--workers', '0'], "invalid --workers: '0', expected a number from 1 to 99"],
    [['--workers', '2.5'], "invalid --workers: '2.5'"],
    [['--force=yes'], '--force'],
  ])('throws on %j, with the usage', (args, message) => {
    expect(() => parseArguments(args, {})).toThrow(message);
    expect(() => parseArguments(args, {})).toThrow('Usage: npm run compute');
  });
});
