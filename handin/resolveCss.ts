/**
 * A style sheet for paper: each `var(--token)` replaced by its value in the light theme, the rules for narrow screens
 * left out. What it styles then needs no other sheet, and a renderer needs to know neither variables nor media.
 *
 * @param css the sheet
 * @param tokens a sheet whose first rule defines the tokens, colours as `light-dark(light, dark)`
 * @param changed tokens that have another value here
 * @throws if a token is used that is not defined
 */
export function resolveCss(
  css: string,
  tokens: string,
  changed: Readonly<Record<string, string>> = {},
): string {
  const block = /\{([^}]*)\}/.exec(strip(tokens))?.[1] ?? '';
  const values = new Map(
    [...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [
      name!,
      value!.replace(/light-dark\(\s*([^,]+?)\s*,[^)]*\)/g, '$1').trim(),
    ]),
  );
  for (const [name, value] of Object.entries(changed)) values.set(name, value);
  const resolve = (text: string): string =>
    text.replace(/var\((--[\w-]+)\)/g, (_, name: string) => {
      const value = values.get(name);
      if (value === undefined) {
        throw new Error(`unknown token ${name}: expected one of ${[...values.keys()].join(', ')}`);
      }
      return resolve(value);
    });
  const rules = strip(css).replace(/@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}/g, '');
  return resolve(rules).replace(/\s+/g, ' ').trim();
}

function strip(css: string): string {
  return css.replace(/\/\*[\s\S]*?\*\//g, '');
}
