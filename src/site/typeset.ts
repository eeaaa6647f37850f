/**
 * Sets the text of a page: Greek letters are symbols, what stands on both sides of a relation, or in an interval, stays on its line, a hyphen
 * before a number is a minus. It works on the finished page, so that prose, titles, captions, tables and values out of the
 * results are all written plainly (`ε = 0.3`) and all look alike.
 */
import { formula } from './markdown/formula.ts';

const space = '\u00a0';

/** Text whose look is its own: code, drawings, formulas that are set, and what the widgets render again. */
const apart = /^(?:title|pre|code|svg|math|option|textarea|template|astro-island|i)$/;

const token =
  /<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1>|<(\/?)([a-z][a-z0-9-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|<![^>]*>|[^<]+/gi;

/** Sets all text of a page. */
export function typesetPage(html: string): string {
  let skipped = '';
  let depth = 0;
  return html.replace(token, (part, _raw, closing: string, name: string | undefined, attributes = '') => {
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
