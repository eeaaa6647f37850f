/**
 * Sets the text of a page: Greek letters are symbols, what stands on both sides of a relation, or in an interval, stays on its line, a hyphen
 * before a number is a minus, and a formula between dollars is text if it can be. It works on the finished page, so that
 * prose, titles, captions, tables and values out of the results are all written plainly (`ε = 0.3`) and all look alike.
 */

const space = '\u00a0';

/** Text whose look is its own: code, drawings, formulas that are set, and what the widgets render again. */
const apart = /^(?:title|pre|code|svg|math|option|textarea|template|astro-island|i)$/;

const markup =
  /<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1>|<(\/?)([a-z][a-z0-9-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|<![^>]*>|[^<]+/gi;

/** Sets all text of a page. */
export function typesetPage(html: string): string {
  let skipped = '';
  let depth = 0;
  return html.replace(markup, (part, _raw, closing: string, name: string | undefined, attributes = '') => {
    if (name === undefined) return depth > 0 || part.startsWith('<') ? part : typesetText(part);
    if (depth === 0 && !closing && (apart.test(name) || /class="[^"]*\bkatex\b/.test(String(attributes)))) {
      skipped = name;
      depth = 1;
    } else if (depth > 0 && name === skipped) depth += closing ? -1 : 1;
    return part;
  });
}

/** Sets one run of text; `&`, `<` and `>` in it are escaped. Formulas stand between dollars. */
export function typesetText(text: string): string {
  return text
    .split(/\$([^$]+)\$/)
    .map((part, i) => (i % 2 === 1 ? setFormula(part) : setWords(part)))
    .join('');
}

const relation = '(?:[=≈≤≥≠×±−+]|&lt;|&gt;)';
const beforeRelation = new RegExp(`\\s+(?=${relation}(?:\\s|$))`, 'g');
const afterRelation = new RegExp(`(?<=(?:^|\\s)${relation})\\s+`, 'g');

function setWords(text: string): string {
  return text
    .replace(beforeRelation, space)
    .replace(afterRelation, space)
    .replace(/(?<=^|[\s([])-(?=\d)/g, '−')
    .replace(/(?<=\d)\s(?=%)|(?<=\[[\d.]+,)\s(?=[\d.]+\])/g, space)
    .replace(/[α-ω]/g, '<i class="m">$&</i>');
}

function setFormula(tex: string): string {
  const html = formula(tex);
  if (!html)
    throw new Error(`the formula $${tex}$ needs more than letters, numbers and signs: write it in Markdown`);
  return html;
}

const letters: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  delta: 'δ',
  sigma: 'σ',
  varepsilon: 'ε',
};

const spaced = (sign: string): string => `${space}${sign}${space}`;

/** Signs and words as they are set, with the spaces that belong to them. */
const signs: Readonly<Record<string, string>> = {
  '=': spaced('='),
  '<': spaced('&lt;'),
  '>': spaced('&gt;'),
  '\\lt': spaced('&lt;'),
  '\\gt': spaced('&gt;'),
  '+': spaced('+'),
  ',': `,${space}`,
  '\\approx': spaced('≈'),
  '\\nabla': '∇',
  '\\log': 'log',
  '\\sign': `sign${space}`,
  '\\clip': 'clip',
  '\\sum': 'Σ',
  '\\,': space,
};
const plain = '()[]|/';

const token =
  /\s+|\\(?:[A-Za-z]+|,)|[A-Za-z]|\d[\d,]*(?:\.\d+)?|[_^](?:\{[^{}]*\}|\\[A-Za-z]+|[A-Za-z0-9*])|./gsu;

/**
 * The HTML of a formula in TeX that needs no more than letters, numbers, signs and small raised or lowered ones, as text: `x^*`,
 * `\varepsilon = 0.3`, `10^{-6}`. It looks the same as KaTeX's output, keeps the lines even, breaks nowhere, weighs little, and
 * can be searched and copied. Undefined if it needs KaTeX.
 */
export function formula(tex: string): string | undefined {
  let html = '';
  for (const [part] of tex.matchAll(token)) {
    const next = htmlOf(part, html);
    if (next === undefined) return undefined;
    html += next;
  }
  return html || undefined;
}

function htmlOf(part: string, before: string): string | undefined {
  if (part.trim() === '') return '';
  // After one of these a minus takes something away; elsewhere it is the sign of a number.
  if (part === '-') return /[\d)\]|*>]$/.test(before) ? spaced('−') : '−';
  if (part === '^*' || part === '^{*}') return '*';
  if (/^[_^]/.test(part)) {
    const html = formula(part.slice(1).replace(/^\{(.*)\}$/, '$1'));
    const tag = part.startsWith('_') ? 'sub' : 'sup';
    return html && `<${tag}>${html}</${tag}>`;
  }
  const letter = /^[A-Za-z]$/.test(part) ? part : letters[part.slice(1)];
  if (letter !== undefined) return `<i class="m">${letter}</i>`;
  if (/^\d/.test(part) || plain.includes(part)) return part;
  return signs[part];
}
