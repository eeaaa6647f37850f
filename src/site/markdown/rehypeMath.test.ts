import { describe, expect, it } from 'vitest';
import type { HastNode } from './hast.ts';
import { textOf } from './hast.ts';
import { rehypeMath } from './rehypeMath.ts';

const element = (className: string, ...children: HastNode[]): HastNode => ({
  type: 'element',
  tagName: 'span',
  properties: { className: [className] },
  children,
});
const text = (value: string): HastNode => ({ type: 'text', value });

describe('rehypeMath', () => {
  it('keeps the punctuation after a formula inside its last box', () => {
    const formula = element(
      'katex',
      element('katex-html', element('base', text('a')), element('base', text('b'))),
    );
    const tree: HastNode = { type: 'root', children: [element('p', formula, text('), and so on'))] };
    rehypeMath()(tree);
    expect(textOf(formula.children?.[0]?.children?.[1] ?? tree)).toBe('b),');
    expect(textOf(tree)).toBe('ab), and so on');
  });

  it('gives a display formula a box of its own', () => {
    const tree: HastNode = { type: 'root', children: [element('katex-display', element('katex'))] };
    rehypeMath()(tree);
    expect(tree.children?.[0]).toMatchObject({ tagName: 'div', properties: { className: ['display-math'] } });
  });

  it('draws a sum with the letter sigma', () => {
    const tree: HastNode = { type: 'root', children: [element('katex', element('op-symbol', text('∑')))] };
    rehypeMath()(tree);
    expect(textOf(tree)).toBe('Σ');
  });

  it('throws on a formula that KaTeX rejects, with its text and the reason', () => {
    const wrong = element('katex-error', text('\\frac{1'));
    wrong.properties = { ...wrong.properties, title: 'Expected }' };
    expect(() => rehypeMath()({ type: 'root', children: [wrong] })).toThrow(
      'KaTeX rejects "\\frac{1": Expected }',
    );
  });
});
