const names = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;

/** A digit as a word: 7 → "seven". Throws on what is not a digit. */
export function digitName(digit: number): string {
  const name = names[digit];
  if (name === undefined) throw new RangeError(`invalid digit: ${digit}, expected 0 to 9`);
  return name;
}

/** A digit with its article: 8 → "an 8", 3 → "a 3". */
export function aDigit(digit: number): string {
  return `${digitName(digit) === 'eight' ? 'an' : 'a'} ${digit}`;
}
