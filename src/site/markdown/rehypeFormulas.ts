import { formula, type Run } from './formula.ts';
import { eachElement, textOf, type HastNode } from './hast.ts';

/** A rehype plugin, to stand before rehype-katex: sets the inline formulas that need no KaTeX as text. */
export function rehypeFormulas() {
  return (tree: HastNode): void => {
    eachElement(tree, (element) => {
      const classes = element.properties?.className;
      if (!Array.isArray(classes) || !classes.includes('math-inline')) return;
      const runs = formula(textOf(element));
      if (!runs) return;
      element.tagName = 'span';
      element.properties = {};
      element.children = runs.map(nodeOf);
    });
  };
}

function nodeOf(run: Run): HastNode {
  if (typeof run === 'string') return { type: 'text', value: run };
  const properties = run.tag === 'i' ? { className: ['m'] } : {};
  return { type: 'element', tagName: run.tag, properties, children: run.runs.map(nodeOf) };
}
