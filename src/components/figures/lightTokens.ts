/**
 * The colours and fonts of the light theme by the name of their custom property: `--ink` → `#1b1e22`.
 *
 * @param css text of tokens.css, with colours as `light-dark(LIGHT, DARK)`
 * @throws if it names no property
 */
export function lightTokens(css: string): Map<string, string> {
  const root = /:root\s*\{([^}]*)\}/.exec(css.replace(/\/\*[\s\S]*?\*\//g, ''))?.[1] ?? '';
  const tokens = new Map(
    [...root.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [
      name!,
      value!.replace(/light-dark\(([^,]+),[^)]*\)/, '$1').trim(),
    ]),
  );
  if (tokens.size === 0)
    throw new Error('invalid tokens: no custom property in :root, expected those of tokens.css');
  return tokens;
}

/**
 * A token that is a colour of six hexadecimal digits, as red, green, blue.
 *
 * @throws if the token is missing or another kind of value
 */
export function tokenColour(tokens: ReadonlyMap<string, string>, name: string): [number, number, number] {
  const value = tokens.get(name);
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(value ?? '');
  if (!digits)
    throw new Error(`invalid token ${name}: ${value ?? 'missing'}, expected a colour such as #1b1e22`);
  return [digits[1]!, digits[2]!, digits[3]!].map((part) => parseInt(part, 16)) as [number, number, number];
}
