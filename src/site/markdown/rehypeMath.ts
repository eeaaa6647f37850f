/**
 * Sets the formulas of a page. What needs no KaTeX is text; of KaTeX's output a display formula gets a box that scrolls rather than widens the page, punctuation after an
 * inline formula stays on its line, a sum is drawn with a letter that the site's faces have, and a formula that KaTeX
 * rejects ends the build.
 */
import { createRequire } from 'node:module';
import type { ViteUserConfig } from 'astro';
import { formula } from '../typeset.ts';
import { eachElement, textOf, type HastNode } from './hast.ts';

/** A rehype plugin, to stand before rehype-katex: sets the inline formulas that need no KaTeX as text. */
export function rehypeFormulas() {
  return (tree: HastNode): void => {
    eachElement(tree, (element) => {
      const html = hasClass(element, 'math-inline') && formula(textOf(element));
      if (!html) return;
      element.tagName = 'span';
      element.properties = { 'set:html': html };
      element.children = [];
    });
  };
}

/** A rehype plugin, to stand after rehype-katex. Throws on a formula that KaTeX rejects, with KaTeX's own message. */
export function rehypeMath() {
  return (tree: HastNode): void => {
    eachElement(tree, (element) => {
      element.children?.forEach((child, index) => {
        const next = element.children?.[index + 1];
        if (hasClass(child, 'katex') && next?.type === 'text') keepPunctuation(child, next);
      });
      if (hasClass(element, 'op-symbol')) drawWithSigma(element);
      if (hasClass(element, 'katex-error'))
        throw new Error(`KaTeX rejects "${textOf(element)}": ${String(element.properties?.title)}`);
      if (hasClass(element, 'katex-display')) {
        element.tagName = 'div';
        element.properties = { className: ['display-math'] };
      }
    });
  };
}

/** Moves a full stop, comma or bracket into the formula's last box: browsers would break the line before it. */
function keepPunctuation(formula: HastNode, next: HastNode): void {
  const [mark = ''] = /^[.,;:)\]?!]+/.exec(next.value ?? '') ?? [];
  const box = formula.children?.find((child) => hasClass(child, 'katex-html'))?.children?.at(-1);
  if (mark === '' || !box?.children) return;
  box.children.push({ type: 'text', value: mark });
  next.value = (next.value ?? '').slice(mark.length);
}

/** KaTeX keeps the sign of a sum in faces that the site leaves out; its text face has the letter. MathML keeps the sign. */
function drawWithSigma(operator: HastNode): void {
  for (const child of operator.children ?? [])
    if (child.type === 'text') child.value = (child.value ?? '').replace('∑', 'Σ');
}

function hasClass(node: HastNode, name: string): boolean {
  const classes = node.properties?.className;
  return Array.isArray(classes) && classes.includes(name);
}

/**
 * Serves as KaTeX's style sheet the one of the very KaTeX that writes the formulas (rehype-katex may bring its own, and
 * class names changed between versions), without its twenty faces. Formulas are set in the report's own letters (src/site/styles/math.css), so the faces would be
 * copied into the site and never be loaded.
 */
export function katexStyles(): NonNullable<ViteUserConfig['plugins']>[number] {
  const rehypeKatex = createRequire(createRequire(import.meta.url).resolve('rehype-katex'));
  const file = rehypeKatex.resolve('katex/dist/katex.min.css');
  return {
    name: 'katex-styles',
    enforce: 'pre',
    resolveId: (id) => (id === 'katex/dist/katex.min.css' ? file : undefined),
    transform(code, id) {
      if (id !== file) return undefined;
      return { code: code.replace(/@font-face\s*\{[^}]*\}/g, ''), map: null };
    },
  };
}
