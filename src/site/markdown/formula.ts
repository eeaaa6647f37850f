/**
 * Sets inline formulas that need no more than letters, numbers, signs and small raised or lowered ones as text:
 * `x^*`, `\varepsilon = 0.3`, `10^{-6}`. It looks the same as KaTeX's output, keeps the lines even, breaks nowhere, weighs
 * little, and can be searched and copied.
 */

/** A run of a formula: upright text, or a slanted letter, or what is raised or lowered. */
export type Run = string | { tag: 'i' | 'sub' | 'sup'; runs: Run[] };

const space = '\u00a0';

const letters: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  delta: 'δ',
  eta: 'η',
  sigma: 'σ',
  varepsilon: 'ε',
};

const spaced = (sign: string): string => `${space}${sign}${space}`;

/** Signs and words as they are set, with the spaces that belong to them. */
const signs: Readonly<Record<string, string>> = {
  '=': spaced('='),
  '<': spaced('<'),
  '>': spaced('>'),
  '\\lt': spaced('<'),
  '\\gt': spaced('>'),
  '+': spaced('+'),
  ',': `,${space}`,
  '\\approx': spaced('≈'),
  '\\le': spaced('≤'),
  '\\ge': spaced('≥'),
  '\\times': spaced('×'),
  '\\cdot': spaced('·'),
  '\\nabla': '∇',
  '\\partial': '∂',
  '\\log': 'log',
  '\\sign': `sign${space}`,
  '\\clip': 'clip',
  '\\sum': 'Σ',
  '\\,': space,
};
const plain = '()[]|/';

const token =
  /\s+|\\(?:[A-Za-z]+|,)|[A-Za-z]|\d[\d,]*(?:\.\d+)?|[_^](?:\{[^{}]*\}|\\[A-Za-z]+|[A-Za-z0-9*])|./gsu;

/** The runs of a formula in TeX, or undefined if it needs KaTeX. */
export function formula(tex: string): Run[] | undefined {
  const runs: Run[] = [];
  for (const [part] of tex.matchAll(token)) {
    const run = runOf(part, runs.at(-1));
    if (run === undefined) return undefined;
    if (run !== '') runs.push(run);
  }
  return runs.length > 0 ? runs : undefined;
}

function runOf(part: string, before: Run | undefined): Run | undefined {
  if (part.trim() === '') return '';
  if (part === '-') return isOperand(before) ? spaced('−') : '−';
  if (part === '^*' || part === '^{*}') return '*';
  if (/^[_^]/.test(part)) {
    const runs = formula(part.slice(1).replace(/^\{(.*)\}$/, '$1'));
    return runs && { tag: part.startsWith('_') ? 'sub' : 'sup', runs };
  }
  const letter = /^[A-Za-z]$/.test(part) ? part : letters[part.slice(1)];
  if (letter !== undefined) return { tag: 'i', runs: [letter] };
  if (/^\d/.test(part) || plain.includes(part)) return part;
  return signs[part];
}

/** A minus after one of these takes something away; elsewhere it is the sign of a number. */
function isOperand(run: Run | undefined): boolean {
  return run !== undefined && (typeof run !== 'string' || /[\d)\]|*]$/.test(run));
}
