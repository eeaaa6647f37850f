import { describe, expect, it } from 'vitest';
import type { HastNode } from './hast.ts';
import { textOf } from './hast.ts';
import { rehypeSymbols } from './rehypeSymbols.ts';

function formula(tex: string): HastNode {
  const children = [{ type: 'text', value: tex }];
  const code = {
    type: 'element',
    tagName: 'code',
    properties: { className: ['language-math', 'math-inline'] },
    children,
  };
  const tree: HastNode = { type: 'root', children: [code] };
  rehypeSymbols()(tree);
  return tree.children?.[0] ?? tree;
}

describe('rehypeSymbols', () => {
  it.each([
    ['x', 'x'],
    ['\\varepsilon', 'ε'],
    ['x^*', 'x*'],
    ['x^{*}', 'x*'],
    ['x_0', 'x0'],
    ['x_{10}', 'x10'],
    ['g_i', 'gi'],
  ])('sets %s as text', (tex, expected) => {
    const node = formula(tex);
    expect(node.tagName).toBe('span');
    expect(textOf(node)).toBe(expected);
  });

  it.each(['x + y', '\\nabla', 'x^2', '\\frac{a}{b}', 'x_{t+1}', ''])('leaves %j to KaTeX', (tex) => {
    expect(formula(tex).tagName).toBe('code');
  });
});
