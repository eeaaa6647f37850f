// The tokens of the site's style sheet as values of the light theme: for files that stand alone.

/**
 * The colours and fonts of the light theme by the name of their custom property: `--ink` → `#1b1e22`.
 *
 * @param css text of tokens.css, with colours as `light-dark(LIGHT, DARK)`
 * @throws if it names no property
 */
export function lightTokens(css: string): Map<string, string> {
  const root = /:root\s*\{([^}]*)\}/.exec(css.replace(/\/\*[\s\S]*?\*\//g, ''))?.[1] ?? '';
  const tokens = new Map(
    [...root.matchAll(/(--[\w-]+):\s*([^;]+)/g)].map(([, name, value]) => [
      name!,
      value!.replace(/light-dark\(([^,]+),[^)]*\)/, '$1').trim(),
    ]),
  );
  if (tokens.size === 0)
    throw new Error('invalid tokens: no custom property in :root, expected those of tokens.css');
  return tokens;
}

/**
 * A style sheet with each `var(--token)` replaced by its value, without comments and on one line.
 *
 * @throws if a token is used that is not there
 */
export function resolveTokens(css: string, tokens: ReadonlyMap<string, string>): string {
  const resolve = (text: string): string =>
    text.replace(/var\((--[\w-]+)\)/g, (_use, name: string) => {
      const value = tokens.get(name);
      if (value === undefined)
        throw new Error(`unknown token ${name}, expected one of ${[...tokens.keys()].join(', ')}`);
      return resolve(value);
    });
  return resolve(css.replace(/\/\*[\s\S]*?\*\//g, ''))
    .replace(/\s+/g, ' ')
    .trim();
}
