import type { HastNode } from './hast.ts';

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
