// What Markdown leaves to be done with tables and with addresses.
import { eachElement, type HastNode } from './hast.ts';
import { withBase } from '../withBase.ts';

/** A rehype plugin: puts the base path before root-relative links and pictures, so that `[Model](/model/)` links to `/base/model/`. */
export function rehypeBase(base: string) {
  return (tree: HastNode): void => {
    eachElement(tree, (element) => {
      for (const name of ['href', 'src']) {
        const value = element.properties?.[name];
        if (element.properties && typeof value === 'string' && /^\/(?!\/)/.test(value))
          element.properties[name] = withBase(value, base);
      }
    });
  };
}

/**
 * A rehype plugin: puts each table written in Markdown into a box that scrolls, so that a wide one never widens the page. Tables keep
 * their own display, and with it their meaning for assistive technology.
 */
export function rehypeTables() {
  return (tree: HastNode): void => wrapTables(tree);
}

function wrapTables(node: HastNode): void {
  if (!node.children) return;
  node.children = node.children.map((child) => {
    if (child.tagName === 'table')
      return {
        type: 'element',
        tagName: 'div',
        properties: { className: ['text-table'] },
        children: [child],
      };
    wrapTables(child);
    return child;
  });
}
