/**
 * A Shiki transformer that leaves classes where Shiki writes colours: `k` for keywords, `c` for comments, nothing for
 * the rest. Inline styles would not pass the content security policy, and the page has only these three inks.
 */
import { textOf, type HastNode } from './hast.ts';

/** For Astro's `css-variables` theme, in `<Code>`. */
export const codeClasses = {
  name: 'code-classes',
  /** Shiki gives up colouring after half a second by the clock; a build's bytes must not depend on how busy it was. */
  preprocess(_code: string, options: { tokenizeTimeLimit?: number }): void {
    options.tokenizeTimeLimit = 0;
  },
  pre(node: HastNode): void {
    const properties = (node.properties ??= {});
    delete properties.style;
    delete properties.tabindex;
    properties.tabIndex = 0;
  },
  line(node: HastNode): void {
    node.properties = {};
    const merged: HastNode[] = [];
    // Tags and types in a doc comment are comment too.
    if (/^\s*(?:\/\*\*|\*(?:[\s/]|$))/.test(textOf(node))) {
      node.children = [classed('c', textOf(node))];
      return;
    }
    for (const child of node.children ?? []) {
      const text = textOf(child);
      const name = tokenClass(child.properties?.style, text);
      const last = merged[merged.length - 1];
      if (name) merged.push(classed(name, text));
      else if (last?.type === 'text') last.value = (last.value ?? '') + text;
      else merged.push({ type: 'text', value: text });
    }
    node.children = merged;
  },
};

/** Keywords are words: Shiki's theme counts operators among them, and those stay in the second ink. */
function tokenClass(style: unknown, text: string): 'k' | 'c' | undefined {
  if (typeof style !== 'string') return undefined;
  if (style.includes('token-comment')) return 'c';
  return style.includes('token-keyword') && /[a-z]/i.test(text) ? 'k' : undefined;
}

function classed(name: string, value: string): HastNode {
  return {
    type: 'element',
    tagName: 'span',
    properties: { class: name },
    children: [{ type: 'text', value }],
  };
}
