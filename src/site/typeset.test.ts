import { describe, expect, it } from 'vitest';
import { formula, typesetPage, typesetText } from './typeset.ts';

/** No-break spaces made visible. */
const seen = (html: string): string => html.replaceAll('\u00a0', '~');
const eps = '<i class="m">ε</i>';

describe('typesetText(text)', () => {
  it.each([
    ['at ε = 0.1 and', `at ${eps}~=~0.1 and`],
    ['at ε\n  = 0.1', `at ${eps}~=~0.1`],
    ['p &lt; 0.1', 'p~&lt;~0.1'],
    ['from -0.5 to 1-2', 'from −0.5 to 1-2'],
    ['98.8 % of', '98.8~% of'],
    ['in [0, 1], or [a, b]', 'in [0,~1], or [a, b]'],
    ['$x^* - x$', '<i class="m">x</i>*~−~<i class="m">x</i>'],
    ['a well-kept pair', 'a well-kept pair'],
  ])('sets %j', (text, expected) => {
    expect(seen(typesetText(text))).toBe(expected);
  });

  it('binds a sign to the value that stands in the next element', () => {
    expect(seen(typesetText(' = '))).toBe('~=~');
  });

  it('says which formula needs Markdown', () => {
    expect(() => typesetText('$\\frac{1}{2}$')).toThrow('\\frac{1}{2}');
  });
});

describe('typesetPage(html)', () => {
  it.each([
    '<title>ε = 1</title>',
    '<code>ε = -1</code>',
    '<script>const ε = -1, $x$;</script>',
    '<svg><text>ε = 1</text></svg>',
    '<i class="m">ε</i>',
    '<span class="katex"><span>ε</span> = <span>1</span></span>',
    '<astro-island props="{&quot;a&quot;:[0,&quot;1 > 0&quot;]}"><p>ε = 1</p></astro-island>',
    '<!-- ε = 1 -->',
    '<a title="ε = 1 > 0">b</a>',
  ])('leaves %s as it is', (html) => {
    expect(typesetPage(html)).toBe(html);
  });

  it('sets what follows something that it leaves', () => {
    expect(typesetPage('<span class="katex"><span>ε</span></span><h2>ε</h2>')).toBe(
      `<span class="katex"><span>ε</span></span><h2>${eps}</h2>`,
    );
  });
});

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
