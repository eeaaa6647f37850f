import { createRequire } from 'node:module';
import type { ViteUserConfig } from 'astro';

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
