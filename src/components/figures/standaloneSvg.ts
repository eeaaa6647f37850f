// A figure as a file of its own, for renderers that know neither variables nor media nor `paint-order`.

/** Ground around the drawing in pixels: room for a substitute font that is wider than the page's. */
const padding = 16;

/**
 * The drawing as an XML document with its colours and type inside, on the page's ground; a halo is an element of its own
 * under its text.
 *
 * @param css text of charts.css
 * @param tokens values of the style sheet's custom properties, by name
 * @throws if the style sheet uses a token that is not there
 */
export function standaloneSvg(
  drawing: SVGSVGElement,
  { css, tokens }: { css: string; tokens: ReadonlyMap<string, string> },
): string {
  const svg = drawing.cloneNode(true) as SVGSVGElement;
  for (const text of svg.querySelectorAll('text')) {
    if (text.closest('.count')) continue;
    const halo = text.cloneNode(true) as SVGTextElement;
    halo.classList.add('halo');
    halo.setAttribute('aria-hidden', 'true');
    text.before(halo);
  }
  const [width, height] = ['width', 'height'].map((name) => Number(svg.getAttribute(name)) + 2 * padding);
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  svg.setAttribute('viewBox', `${-padding} ${-padding} ${width} ${height}`);
  const box = `x="${-padding}" y="${-padding}" width="${width}" height="${height}"`;
  svg
    .querySelector('desc')!
    .insertAdjacentHTML(
      'afterend',
      `<style>${resolveTokens(css, tokens)}</style><rect ${box} fill="${tokens.get('--paper')}"></rect>`,
    );
  const { XMLSerializer } = svg.ownerDocument.defaultView!;
  return `${new XMLSerializer().serializeToString(svg)}\n`;
}

/**
 * The colours and fonts of the light theme by the name of their custom property: `--ink` → `#1b1e22`.
 *
 * @param css text of tokens.css, with colours as `light-dark(LIGHT, DARK)`
 */
export function lightTokens(css: string): Map<string, string> {
  const root = /:root\s*\{([^}]*)\}/.exec(css.replace(/\/\*[\s\S]*?\*\//g, ''))?.[1] ?? '';
  return new Map(
    [...root.matchAll(/(--[\w-]+):\s*([^;]+)/g)].map(([, name, value]) => [
      name!,
      value!.replace(/light-dark\(([^,]+),[^)]*\)/, '$1').trim(),
    ]),
  );
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
