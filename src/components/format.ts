/**
 * How numbers are written on the pages: minus is U+2212, percent stands after a no-break space, thousands are set
 * off by a comma, and a probability never rounds to a certainty that it isn't.
 */
const minus = '\u2212';
const space = '\u00a0';

/** A number with a fixed count of decimals: −0.50, 1,000. Throws on a value that is not finite. */
export function decimal(value: number, decimals = 0): string {
  if (!Number.isFinite(value)) throw new Error(`cannot print ${value}: expected a finite number`);
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const digits = whole.replace(/\B(?=(?:\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
  const negative = value < 0 && /[1-9]/.test(digits);
  return (negative ? minus : '') + digits;
}

/** A whole number with commas: 10,000. Throws when it is not whole. */
export function count(value: number): string {
  if (!Number.isInteger(value)) throw new Error(`cannot print ${value} as a count: expected a whole number`);
  return decimal(value);
}

/** A share in [0, 1] as a percentage: 0.988 → "98.8 %". */
export function percent(share: number, decimals = 1): string {
  return `${decimal(share * 100, decimals)}${space}%`;
}

/** From the least to the greatest share: "45.6 to 59.5 %". */
export function range(shares: readonly number[]): string {
  return `${decimal(100 * Math.min(...shares), 1)} to ${percent(Math.max(...shares))}`;
}

/** A difference of shares in percentage points, always signed: "+1.2 points", "−0.3 points". */
export function percentagePoints(difference: number): string {
  const text = decimal(difference * 100, 1);
  return `${difference > 0 && /[1-9]/.test(text) ? '+' : ''}${text}${space}points`;
}

/**
 * A probability to four decimals; below 0.0001 "< 0.0001", and "> 0.9999" where rounding would claim 1, as float32
 * itself does above 1 − 3e−8. Throws outside [0, 1].
 */
export function probability(value: number): string {
  if (!(value >= 0 && value <= 1))
    throw new Error(`invalid probability: ${value}, expected a number from 0 to 1`);
  if (value < 0.0001) return `<${space}0.0001`;
  if (value.toFixed(4) === '1.0000') return `>${space}0.9999`;
  return value.toFixed(4);
}

/** What stands after p: "= 0.9588", or "> 0.9999" and "< 0.0001" at the ends. */
export function relation(value: number): string {
  const text = probability(value);
  return /^\d/.test(text) ? `=${space}${text}` : text;
}

/** A number by its power of ten, with `decimals` of its mantissa: "1e−6", "2.131e−6"; 1 is "1". */
export function exponential(value: number, decimals = 0): string {
  return value === 1 ? '1' : value.toExponential(decimals).replace('-', minus);
}

/**
 * A probability to four significant digits, their powers of ten one under the other in a column: "7.265e−8", from 0.001
 * on "0.9588", and "> 0.9999" where rounding would claim 1. Throws outside [0, 1].
 */
export function fourDigits(value: number): string {
  if (!(value >= 0 && value <= 1))
    throw new Error(`invalid probability: ${value}, expected a number from 0 to 1`);
  if (value < 0.001) return value === 0 ? '0' : exponential(value, 3);
  const text = value.toPrecision(4);
  return text === '1.000' ? `>${space}0.9999` : text;
}

/** A loss to two decimals, below 1 to four, and by its power of ten where those hide it: "11.70", "0.0229", "8.1e−5". */
export function loss(value: number): string {
  if (value > 0 && value < 0.001) return exponential(value, 1);
  return decimal(value, value < 1 ? 4 : 2);
}

/** Epsilon without trailing zeros and without the noise of binary fractions: 0.30000000000000004 → "0.3". */
export function epsilon(value: number): string {
  return String(Number(value.toFixed(6)));
}

/** A number of steps: "one step", "five steps". */
export function stepsName(steps: number): string {
  return `${numberWord(steps)} step${steps === 1 ? '' : 's'}`;
}

/** The word for a against b: [smaller, equal, larger]. */
export function compared(
  a: number,
  b: number,
  [smaller, equal, larger]: readonly [string, string, string],
): string {
  return a < b ? smaller : a > b ? larger : equal;
}

/** Items in a row: "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(items);
}

/** The text with a capital first letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A change of a pixel on the scale of 256 grey levels: 0.3 → "76.5". */
export function of255(value: number): string {
  return String(Number((value * 255).toFixed(1)));
}

/** The first and last characters of a hash: "3f9c2ab1…d07e". */
export function shortHash(hash: string): string {
  return hash.length <= 13 ? hash : `${hash.slice(0, 8)}\u2026${hash.slice(-4)}`;
}

/** The size of a file in the unit that suits it: "412 KB" (1 KB = 1,000 bytes). */
export function bytes(size: number): string {
  if (size < 1000) return `${size}${space}B`;
  // From here on thousands would round to 1,000.
  if (size < 999_500) return `${decimal(size / 1000)}${space}KB`;
  return `${decimal(size / 1_000_000, 1)}${space}MB`;
}

const numbers = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** A whole number in words up to ten, in digits beyond: "five", "20". */
export function numberWord(value: number): string {
  return numbers[value] ?? count(value);
}

const articleOf = (digit: number) => (digit === 8 ? 'an' : 'a');

/** A class with its article: 8 → "an 8", 3 → "a 3". */
export function aDigit(digit: number): string {
  return `${articleOf(digit)} ${digit}`;
}

/** A class in words with its article: 7 → "a seven". */
export function aDigitName(digit: number): string {
  return `${articleOf(digit)} ${numberWord(digit)}`;
}

/** How a published network is called on the pages: "1" to "5" by its training, "defended" if it was trained against the attack. */
export function networkLabel(name: string): string {
  return /\d$/.exec(name)?.[0] ?? (name.endsWith('defended') ? 'defended' : '1');
}
