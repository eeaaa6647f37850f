/**
 * Checks the built pages: every link, picture and `#anchor` that stays on the site leads to a file or an element that
 * exists. The ticks of the hand-in strips rest on this: a missing target ends the build.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** Reads ids and addresses (`href`, `src`) from tags, passing over comments and the contents of scripts and styles. */
export function pageLinks(html: string) {
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
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const pages = new Map(
    names
      .filter((name) => name.endsWith('.html'))
      .map((name) => [name, pageLinks(readFileSync(join(folder, name), 'utf8'))]),
  );
  const fault = (page: string, link: string): string | undefined => {
    if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(link)) return undefined;
    const url = new URL(link, `http://site${root}${page}`);
    const path = decodeURIComponent(url.pathname);
    if (!path.startsWith(root)) return `outside ${root}`;
    const target = path.slice(root.length);
    // A folder's address leads nowhere on a disk.
    if (!statSync(join(folder, target), { throwIfNoEntry: false })?.isFile()) return 'no such file';
    const anchor = decodeURIComponent(url.hash.slice(1));
    const found = !anchor || pages.get(target)?.ids.has(anchor) !== false;
    return found ? undefined : `no element with id "${anchor}"`;
  };
  return [...pages].flatMap(([page, { links }]) =>
    [...new Set(links)].flatMap((link) => {
      const why = fault(page, link);
      return why === undefined ? [] : [`${page}: ${link} (${why})`];
    }),
  );
}

/** Astro integration that fails the build with the list of all dead links of a site at `root`. */
export function checkLinks(root: string): AstroIntegration {
  return {
    name: 'check-links',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const dead = deadLinks(fileURLToPath(dir), root);
        if (dead.length > 0) throw new Error(`dead links in the built pages:\n  ${dead.join('\n  ')}`);
      },
    },
  };
}
