// A figure as a file of its own: the style sheet goes in, with the light theme's values in place of its tokens.
import { lightTokens } from './lightTokens.ts';

/**
 * The SVG with its colours and type inside, on the page's ground.
 *
 * @param xml a figure as an XML document
 * @param css text of figures.css; only its rules for `.chart` in the wide form are kept
 * @param tokens text of tokens.css
 * @throws if the style sheet uses a token that is not there
 */
export function standaloneSvg(xml: string, { css, tokens }: { css: string; tokens: string }): string {
  const values = lightTokens(tokens);
  const resolve = (text: string): string =>
    text.replace(/var\((--[\w-]+)\)/g, (_use, name: string) => {
      const value = values.get(name);
      if (value === undefined)
        throw new Error(`unknown token ${name} in figures.css, expected one of tokens.css`);
      return resolve(value);
    });
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@media[^{]*\{(?:[^{}]*\{[^}]*\})*\s*\}/g, '');
  const rules = [...plain.matchAll(/([^{}]+)\{([^}]*)\}/g)].filter(
    ([, selector]) => !selector!.includes('.c-small'),
  );
  const style = rules
    .map(
      ([, selector, body]) => `${compact(selector!).replaceAll('.chart ', '')}{${compact(resolve(body!))}}`,
    )
    .join('\n');
  const [width, height] = [sizeOf(xml, 'width') + 2 * padding, sizeOf(xml, 'height') + 2 * padding];
  const box = `${-padding} ${-padding} ${width} ${height}`;
  const at = `x="${-padding}" y="${-padding}" width="${width}" height="${height}"`;
  const ground = `<rect ${at} fill="${resolve('var(--paper)')}"/>`;
  return (
    xml
      .replace(/ width="[^"]*"/, ` width="${width}"`)
      .replace(/ height="[^"]*"/, ` height="${height}"`)
      .replace(/ viewBox="[^"]*"/, ` viewBox="${box}"`)
      .replace('</desc>', (end) => `${end}<style>\n${style}\n</style>${ground}\n`) + '\n'
  );
}

/** Ground around the drawing in pixels. */
const padding = 16;

/** Width or height of the drawing, from its first tag. */
function sizeOf(xml: string, attribute: 'width' | 'height'): number {
  const value = Number(new RegExp(`^<svg[^>]* ${attribute}="([^"]*)"`).exec(xml)?.[1]);
  if (!(value > 0)) throw new Error(`invalid figure: ${attribute} ${value}, expected a number above 0`);
  return value;
}

/** The text on one line. */
function compact(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replace(/;$/, '');
}
