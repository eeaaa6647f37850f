// What Plot writes and the page does not want: inline styles, colours as attributes, seventeen digits.

const presentation = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-miterlimit',
  'paint-order',
  'font-family',
  'font-size',
  'font-variant',
  'text-anchor',
];

const geometry = [
  'd',
  'transform',
  'x',
  'y',
  'x1',
  'x2',
  'y1',
  'y2',
  'cx',
  'cy',
  'r',
  'width',
  'height',
  'fill-opacity',
];

/**
 * Leaves of a drawing what the page's style sheet does not say: removes Plot's style element, the presentation
 * attributes of the root and of groups, and the labels of groups; rounds coordinates to a tenth of a pixel and
 * opacities to a hundredth.
 */
export function tidySvg(svg: SVGSVGElement): void {
  svg.querySelector('style')?.remove();
  for (const element of [svg, ...svg.querySelectorAll('g')]) {
    for (const name of presentation) element.removeAttribute(name);
    element.removeAttribute('aria-label');
  }
  for (const element of svg.querySelectorAll('*')) {
    for (const name of geometry) {
      const value = element.getAttribute(name);
      if (value !== null) element.setAttribute(name, round(value, name === 'fill-opacity' ? 2 : 1));
    }
    // The default of both, and Plot's half-pixel offset of crisp lines, say nothing.
    for (const name of ['fill', 'stroke']) {
      if (element.getAttribute(name) === 'none') element.removeAttribute(name);
    }
  }
}

/** The text with each number in it rounded. */
function round(text: string, decimals: number): string {
  return text.replace(/-?\d*\.?\d+(?:e[-+]?\d+)?/g, (number) =>
    String(Number(Number(number).toFixed(decimals)) + 0),
  );
}
