/** Kinds of numbered things, with the word that stands before the number. */
const kinds = { figure: 'Figure', table: 'Table', equation: 'Equation', listing: 'Listing' } as const;

type Kind = keyof typeof kinds;

/** An entry of the registry: the page that holds the target (path below the base) and what it shows, in plain text. */
export interface LabelEntry {
  readonly page: string;
  readonly title: string;
}

/** A resolved label: `Figure 3`, with its anchor, its page and its title. */
export interface Label extends LabelEntry {
  readonly id: string;
  readonly kind: Kind;
  readonly number: number;
  /** Word and number with a no-break space between them. */
  readonly text: string;
}

/**
 * Turns a registry keyed `kind-number` into a look-up by id; a letter after the number makes a second of that number.
 *
 * @throws when an id is malformed, or the numbers of a kind aren't 1, 2, 3 … without a gap; the look-up throws on an
 *   unknown id.
 */
export function defineLabels(entries: Readonly<Record<string, LabelEntry>>): (id: string) => Label {
  const resolved = new Map<string, Label>();
  const last = new Map<Kind, number>();
  for (const [id, entry] of Object.entries(entries)) {
    const match = /^([a-z]+)-([1-9][0-9]*)([b-z]?)$/.exec(id);
    if (!match || !isKind(match[1]))
      throw new Error(
        `invalid label "${id}": expected ${Object.keys(kinds).join(', ')} and a number, as in "figure-1"`,
      );
    const kind = match[1];
    const number = Number(match[2]);
    const letter = match[3]!;
    const expected = (last.get(kind) ?? 0) + (letter ? 0 : 1);
    if (number !== expected)
      throw new Error(
        `label "${id}" is out of order: expected "${kind}-${expected}" next in src/site/labels.ts`,
      );
    last.set(kind, number);
    resolved.set(id, { ...entry, id, kind, number, text: `${kinds[kind]}\u00a0${number}${letter}` });
  }
  return (id) => {
    const label = resolved.get(id);
    if (!label)
      throw new Error(
        `unknown label "${id}": add it to src/site/labels.ts (known: ${[...resolved.keys()].join(', ')})`,
      );
    return label;
  };
}

function isKind(value: string | undefined): value is Kind {
  return value !== undefined && value in kinds;
}
