import { describe, expect, test, vi } from 'vitest';
import { computeArguments, verifyArguments } from './arguments.ts';

describe('computeArguments(args, environment)', () => {
  test('without arguments asks for the report on the best backend', () => {
    expect(computeArguments([], {})).toEqual({
      preset: 'report',
      backend: 'auto',
    });
  });

  test('reads every option', () => {
    const args =
      '--force --only train --only evaluate,gallery --preset small --backend wasm --workers 3 --root out --update-lock';
    expect(computeArguments(args.split(' '), {})).toEqual({
      force: true,
      only: ['train', 'evaluate', 'gallery'],
      preset: 'small',
      backend: 'wasm',
      workers: 3,
      root: 'out',
      updateLock: true,
    });
  });

  test('takes the backend from the environment unless an argument names one', () => {
    expect(computeArguments([], { ADVERSARIAL_BACKEND: 'tensorflow' })).toMatchObject({
      backend: 'tensorflow',
    });
    expect(computeArguments(['--backend', 'wasm'], { ADVERSARIAL_BACKEND: 'gpu' })).toMatchObject({
      backend: 'wasm',
    });
    expect(computeArguments([], { ADVERSARIAL_BACKEND: '' })).toMatchObject({ backend: 'auto' });
    expect(() => computeArguments([], { ADVERSARIAL_BACKEND: 'cuda' })).toThrow(
      "invalid ADVERSARIAL_BACKEND: 'cuda', expected one of auto, gpu, tensorflow, wasm",
    );
  });

  test.each([
    [['--fast'], "Unknown option '--fast'"],
    [['train'], "Unexpected argument 'train'"],
    [['--backend', 'cuda'], "invalid --backend: 'cuda', expected one of auto, gpu, tensorflow, wasm"],
    [['--backend'], "'--backend <value>' argument missing"],
    [['--preset', 'tiny'], "invalid --preset: 'tiny', expected one of report, small"],
    [['--workers', '0'], "invalid --workers: '0', expected a number from 1 to 99"],
    [['--root', ''], "invalid --root: '', expected a folder"],
    [['--workers', '2.5'], "invalid --workers: '2.5'"],
    [['--force=yes'], '--force'],
  ])('throws on %j, with the usage', (args, message) => {
    expect(() => computeArguments(args, {})).toThrow(message);
    expect(() => computeArguments(args, {})).toThrow('Usage: npm run compute');
  });
});

describe('verifyArguments(args, environment)', () => {
  test('leaves the pages out where there are none, or on request', () => {
    expect(verifyArguments([], {})).toMatchObject({ preset: 'report', backend: 'auto', pages: true });
    for (const args of ['--no-pages', '--preset small', '--root out'])
      expect(verifyArguments(args.split(' '), {})).toMatchObject({ pages: false });
    expect(() => verifyArguments(['--force'], {})).toThrow('Usage: npm run verify');
  });
});

test('readArguments(args, options, read) prints the usage in place of reading anything if --help is among them', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  expect(computeArguments(['--force', '--help'], {})).toBeUndefined();
  expect(log.mock.lastCall).toEqual([expect.stringMatching(/^Usage: npm run compute/)]);
  expect(verifyArguments(['--help'], {})).toBeUndefined();
  expect(log.mock.lastCall).toEqual([expect.stringMatching(/^Usage: npm run verify/)]);
  log.mockRestore();
});
