/**
 * Sets the simplest inline formulas as text: a letter, perhaps starred or with a short subscript, becomes
 * `<i class="m">x</i>*`. It looks the same as KaTeX's output, keeps the lines even, and can be searched and copied.
 */
import type { HastNode } from './hast.ts';
import { eachElement, textOf } from './hast.ts';

const greek: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  delta: 'δ',
  eta: 'η',
  theta: 'θ',
  lambda: 'λ',
  mu: 'μ',
  sigma: 'σ',
  tau: 'τ',
  varepsilon: 'ε',
};

const simple =
  /^(?<letter>[A-Za-z]|\\[a-z]+)(?<star>\^(?:\*|\{\*\}))?(?:_(?:(?<sub>[A-Za-z0-9])|\{(?<subs>[0-9]+)\}))?$/;

/** A rehype plugin, to stand before rehype-katex. */
export function rehypeSymbols() {
  return (tree: HastNode): void => {
    eachElement(tree, (element) => {
      const classes = element.properties?.className;
      if (element.tagName !== 'code' || !Array.isArray(classes) || !classes.includes('math-inline')) return;
      const parts = simple.exec(textOf(element).trim())?.groups;
      const letter = parts?.letter?.startsWith('\\') ? greek[parts.letter.slice(1)] : parts?.letter;
      if (!parts || letter === undefined) return;
      const subscript = parts.sub ?? parts.subs;
      element.tagName = 'span';
      element.properties = { className: ['symbol'] };
      element.children = [
        symbol('i', letter),
        ...(parts.star ? [text('*')] : []),
        ...(subscript === undefined ? [] : [symbol('sub', subscript)]),
      ];
    });
  };
}

/** Letters are slanted, digits stand upright. */
function symbol(tagName: 'i' | 'sub', value: string): HastNode {
  const properties = /^\d+$/.test(value) ? {} : { className: ['m'] };
  return { type: 'element', tagName, properties, children: [text(value)] };
}

function text(value: string): HastNode {
  return { type: 'text', value };
}
