/**
 * Finishes what rehype-citation writes: each citation carries the text of its entry (shown on hover and focus), the
 * list gets a heading, addresses become links, and a citation key that is in no entry ends the build.
 */
import { eachElement, textOf, type HastNode } from './hast.ts';

/** A rehype plugin, to stand after rehype-citation with `linkCitations: true`. Throws on an unknown citation key. */
export function rehypeReferences() {
  return (tree: HastNode): void => {
    const entries = new Map<string, string>();
    eachElement(tree, (element) => {
      const id = element.properties?.id;
      if (typeof id === 'string' && id.startsWith('bib-'))
        entries.set(id, textOf(element).trim().replace(/\s+/g, ' '));
    });
    eachElement(tree, (element) => {
      const href = element.properties?.href;
      if (element.tagName === 'a' && typeof href === 'string' && href.startsWith('#bib-')) {
        const entry = entries.get(href.slice(1));
        if (entry === undefined)
          throw new Error(`citation ${href.slice(5)} has no entry in src/site/references.bib`);
        if (!/\p{L}.*\d{4}/u.test(textOf(element)))
          throw new Error(
            `citation ${href.slice(5)} is joined to another of the same authors: cite them in brackets apart`,
          );
        element.properties = { href, className: ['peek'], dataPeek: entry };
      }
      if (element.properties?.id === 'refs') finishList(element);
      for (const child of element.children ?? []) {
        const unknown =
          child.type === 'text' && element.tagName !== 'code' && /\[-?@[\w:-]+/.exec(child.value ?? '');
        if (unknown) throw new Error(`citation "${unknown[0]}]" has no entry in src/site/references.bib`);
      }
    });
  };
}

/** Turns the bibliography into a headed list whose addresses are links. */
function finishList(list: HastNode): void {
  list.tagName = 'section';
  list.properties = { id: 'references', className: ['references'], ariaLabelledby: 'references-title' };
  const items = (list.children ?? []).filter((child) => child.type === 'element');
  for (const item of items) {
    item.tagName = 'li';
    item.properties = { id: item.properties?.id };
    linkAddresses(item);
  }
  list.children = [
    element('h2', { id: 'references-title' }, [{ type: 'text', value: 'References' }]),
    element('ol', {}, items),
  ];
}

/** Wraps each https address in the text of a node in a link. */
function linkAddresses(node: HastNode): void {
  node.children = (node.children ?? []).flatMap((child): HastNode[] => {
    if (child.type !== 'text') {
      if (child.tagName !== 'a') linkAddresses(child);
      return [child];
    }
    return (child.value ?? '')
      .split(/(https:\/\/\S+)/)
      .filter((part) => part !== '')
      .map((part) =>
        part.startsWith('https://')
          ? element('a', { href: part }, [{ type: 'text', value: part.replace('https://', '') }])
          : { type: 'text', value: part },
      );
  });
}

function element(tagName: string, properties: Record<string, unknown>, children: HastNode[]): HastNode {
  return { type: 'element', tagName, properties, children };
}
