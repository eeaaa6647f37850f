/** Puts the site's base path before every root-relative link and picture that is written in Markdown. */
import type { HastNode } from './hast.ts';
import { eachElement } from './hast.ts';
import { withBase } from '../withBase.ts';

/** A rehype plugin: `[Model](/model/)` links to `/base/model/`. */
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
