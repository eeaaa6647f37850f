/**
 * Checks the built pages: every link, picture and `#anchor` that stays on the site leads to a file or an element that
 * exists. The ticks of the hand-in strips rest on this: a missing target ends the build.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** What the check needs of a page: the ids it defines and the addresses it names. */
interface PageLinks {
  readonly ids: ReadonlySet<string>;
  readonly links: readonly string[];
}

/** Reads ids and addresses (`href`, `src`) from tags, passing over comments and the contents of scripts and styles. */
export function pageLinks(html: string): PageLinks {
  const ids = new Set<string>();
  const links: string[] = [];
  const markup = html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/g, '$1');
  for (const [tag] of markup.matchAll(/<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi)) {
    for (const [, name, ...values] of tag.matchAll(/\s(id|href|src)=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g)) {
      const value = values.join('').replaceAll('&amp;', '&').replaceAll('&#38;', '&');
      if (name === 'id') ids.add(value);
      else links.push(value);
    }
  }
  return { ids, links };
}

/** Every dead link of a built site, as `page: address (why)`; an empty list when all is well. */
export function deadLinks(folder: string, root = '/'): string[] {
  const pages = new Map<string, PageLinks>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
    if (name.endsWith('.html')) pages.set(name, pageLinks(readFileSync(join(folder, name), 'utf8')));

  const dead: string[] = [];
  for (const [page, { links }] of pages) {
    for (const link of links) {
      if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(link)) continue;
      const url = new URL(link, `http://site${root}${page.replace(/index\.html$/, '')}`);
      const path = decodeURIComponent(url.pathname);
      if (!path.startsWith(root)) {
        dead.push(`${page}: ${link} (outside ${root})`);
        continue;
      }
      const target = targetFile(folder, path.slice(root.length));
      const anchor = decodeURIComponent(url.hash.slice(1));
      if (target === undefined) dead.push(`${page}: ${link} (no such file)`);
      else if (anchor && pages.has(target) && !pages.get(target)?.ids.has(anchor))
        dead.push(`${page}: ${link} (no element with id "${anchor}")`);
    }
  }
  return [...new Set(dead)];
}

/** The file that serves a path, relative to the folder, or nothing. */
function targetFile(folder: string, path: string): string | undefined {
  const candidates =
    path === '' || path.endsWith('/') ? [`${path}index.html`] : [path, `${path}/index.html`, `${path}.html`];
  return candidates.find((name) => existsSync(join(folder, name)) && statSync(join(folder, name)).isFile());
}

/** Astro integration that fails the build with the list of all dead links. */
export function checkLinks(): AstroIntegration {
  let root = '/';
  return {
    name: 'check-links',
    hooks: {
      'astro:config:done': ({ config }) => {
        root = new URL(config.site ?? 'http://site/').pathname;
      },
      'astro:build:done': ({ dir }) => {
        const dead = deadLinks(fileURLToPath(dir), root);
        if (dead.length > 0) throw new Error(`dead links in the built pages:\n  ${dead.join('\n  ')}`);
      },
    },
  };
}
