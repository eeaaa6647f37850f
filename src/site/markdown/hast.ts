/** The part of a hast tree that the plugins read, and one walk over it. */
export interface HastNode {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: HastNode[];
}

/** Calls `visit` on every element in document order; children are read after the visit, so a visit may replace them. */
export function eachElement(node: HastNode, visit: (element: HastNode) => void): void {
  if (node.type === 'element') visit(node);
  for (const child of node.children ?? []) eachElement(child, visit);
}

/** The text of a node and of all below it. */
export function textOf(node: HastNode): string {
  return node.value ?? (node.children ?? []).map(textOf).join('');
}
