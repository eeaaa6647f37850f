import { expect, it } from 'vitest';
import { formula } from './formula.ts';

/** The text of a formula, with what is raised or lowered in brackets. */
const textOf = (html: string): string =>
  html
    .replaceAll(/<sup>/g, '^(')
    .replaceAll(/<sub>/g, '_(')
    .replaceAll(/<\/su[bp]>/g, ')')
    .replaceAll(/<\/?i[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('\u00a0', '~');

it.each([
  ['x', 'x'],
  ['\\varepsilon', 'ε'],
  ['x^*', 'x*'],
  ['x^{*}', 'x*'],
  ['x_0', 'x_(0)'],
  ['|g_i|', '|g_(i)|'],
  ['\\varepsilon = 0.3', 'ε~=~0.3'],
  ['\\alpha = \\varepsilon/k', 'α~=~ε/k'],
  ['10^{-6}', '10^(−6)'],
  ['1 - p', '1~−~p'],
  ['x_{t+1}', 'x_(t~+~1)'],
  ['m < -0.5', 'm~<~−0.5'],
  ['\\sign \\nabla L(x)', 'sign~∇L(x)'],
  ['\\clip_{[0,1]}', 'clip_([0,1])'],
  ['\\log\\,\\sum_j\\, e^{z_j}', 'log~Σ_(j)~e^(z_(j))'],
])('formula(%j) is set as %s', (tex, expected) => {
  expect(textOf(formula(tex)!)).toBe(expected);
});

// No face of the site has ≠ as one letter: KaTeX strikes an equals sign through.
it.each(['\\frac{a}{b}', 'j \\ne y', '\\unknown', ''])('formula(%j) is left to KaTeX', (tex) => {
  expect(formula(tex)).toBeUndefined();
});
