import { basename } from 'node:path';
import { unified } from '@astrojs/markdown-remark';
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import { defineConfig } from 'astro/config';
import rehypeCitation from 'rehype-citation';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import { handInBundle } from './handin/bundle.ts';
import { writeHandIn } from './handin/writeHandIn.ts';
import { resultsRoot } from './src/compute/results/root.ts';
import { checkLinks } from './src/site/markdown/checkLinks.ts';
import { katexStyles, rehypeFormulas, rehypeMath } from './src/site/markdown/rehypeMath.ts';
import { rehypeReferences } from './src/site/markdown/rehypeReferences.ts';
import { publicAddress } from './src/site/site.config.ts';

const site = publicAddress(process.env);

/**
 * Writes the bundle before the pages are made, so that they can list its files and the check of links finds them. `npm run
 * handin` writes it itself, with the files that take longer, and sets HAND_IN: to `print` for a build with the page that is printed.
 */
const handIn = {
  name: 'hand-in',
  hooks: {
    'astro:config:setup': async ({ command, injectRoute }) => {
      const step = process.env.HAND_IN;
      if (step === 'print') injectRoute({ pattern: '/print', entrypoint: './handin/print/report.astro' });
      if (!step && (command === 'build' || command === 'dev')) await writeHandIn(await handInBundle());
    },
  },
};

const nearDirective = {
  name: 'near-directive',
  hooks: {
    'astro:config:setup': ({ addClientDirective }) =>
      addClientDirective({ name: 'near', entrypoint: './src/site/scripts/wakeWidget.ts' }),
  },
};

const withoutAddress = {
  name: 'without-address',
  hooks: {
    'astro:build:done': ({ logger }) =>
      logger.info('SITE_URL is not set: canonical addresses and the picture of previews are left out'),
  },
};

export default defineConfig({
  ...(site && { site }),
  output: 'static',
  publicDir: resultsRoot,
  // The default drops the spaces between inline elements of prose.
  compressHTML: true,
  scopedStyleStrategy: 'class',
  devToolbar: { enabled: false },
  integrations: [
    handIn,
    mdx(),
    preact(),
    nearDirective,
    ...(site ? [] : [withoutAddress]),
    checkLinks(site ? new URL(site).pathname : '/'),
  ],
  markdown: {
    // Listings are components, which leave classes where Shiki writes styles; Markdown itself has no code blocks.
    syntaxHighlight: false,
    processor: unified({
      remarkPlugins: [remarkMath],
      rehypePlugins: [
        rehypeFormulas,
        [rehypeKatex, { strict: 'error' }],
        rehypeMath,
        [rehypeCitation, { bibliography: 'src/site/references.bib', csl: 'apa', linkCitations: true }],
        rehypeReferences,
      ],
    }),
  },
  security: {
    csp: {
      directives: [
        "default-src 'none'",
        "base-uri 'none'",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'none'",
        "img-src 'self' blob: data:",
        "worker-src 'self'",
      ],
      styleDirective: {
        // Positions in formulas, tables and figures are style attributes; style elements stay hashed.
        resources: [{ resource: "'unsafe-inline'", kind: 'attribute' }],
      },
    },
  },
  vite: {
    plugins: [katexStyles()],
    // A font in a style sheet would need `data:` in the policy.
    build: { assetsInlineLimit: 0, cssTarget: ['chrome123', 'safari17.5', 'firefox121'] },
    environments: {
      prerender: {
        build: {
          rolldownOptions: {
            output: {
              // One style sheet packs better than five, and the next page has it already; what is printed has its own.
              codeSplitting: {
                groups: process.env.HAND_IN === 'print' ? [] : [{ name: 'styles', test: /\.css$|lang\.css/ }],
              },
            },
          },
        },
      },
      client: {
        build: {
          rolldownOptions: {
            output: {
              codeSplitting: {
                groups: [
                  { name: 'preact', test: /\/preact\/|ui\/(Glyph|pageEvents)\.tsx?$/, priority: 1 },
                  // One file packs better than six. What a page fetches later stands apart.
                  {
                    name: 'widgets',
                    test: /\/components\/(?!.*(curveRun|selfCheck|compar))/,
                    minShareCount: 2,
                  },
                ],
              },
            },
          },
        },
      },
    },
    worker: { format: 'es' },
    experimental: {
      // Faces and chunks are found from the file that names them, which lies beside them, wherever the site is.
      renderBuiltUrl: (file, { hostType }) =>
        hostType === 'css' ? `./${basename(file)}` : { relative: true },
    },
  },
});
