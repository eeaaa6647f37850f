/** Kinds of numbered things, with the word that stands before the number. */
const kinds = { figure: 'Figure', table: 'Table', equation: 'Equation', listing: 'Listing' } as const;

type Kind = keyof typeof kinds;

/** An entry of the registry: the page that holds the target (path below the base) and what it shows, in plain text. */
interface LabelEntry {
  readonly page: string;
  readonly title: string;
}

/** A resolved label: `Figure 3`, with its anchor, its page and its title. */
interface Label extends LabelEntry {
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
    const match = /^(figure|table|equation|listing)-([1-9][0-9]*)([b-z]?)$/.exec(id);
    if (!match)
      throw new Error(
        `invalid label "${id}": expected ${Object.keys(kinds).join(', ')} and a number, as in "figure-1"`,
      );
    const kind = match[1] as Kind;
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

/**
 * Registry of everything that is numbered. The id is the anchor on the page and holds kind and number, so that a
 * label reads the same in a caption, in a cross-reference and in an address. The numbers of a kind run 1, 2, 3 …
 */
export const labels = defineLabels({
  'figure-1': { page: '', title: 'One step on one image of a seven' },
  'figure-1b': { page: '', title: 'Margin and loss along epsilon' },
  'figure-2': { page: '', title: 'Accuracy against epsilon, one step' },
  'figure-3': { page: '', title: 'Five steps on the same image' },
  'figure-4': { page: '', title: 'Accuracy against epsilon, five steps' },
  'figure-5': { page: '', title: 'Accuracy against the number of steps' },
  'figure-6': { page: '', title: 'Images by the smallest epsilon that suffices' },
  'figure-7': { page: '', title: 'True class against predicted class' },
  'figure-8': { page: '', title: 'Random signs of the same size' },
  'figure-9': { page: '', title: 'One perturbed image of each class' },
  'figure-10': { page: 'model/', title: 'Loss by epoch' },
  'figure-11': { page: 'model/', title: 'Accuracy by epoch' },
  'figure-12': { page: 'model/', title: 'Confusion matrix of the test set' },
  'figure-13': { page: 'methods/', title: 'Wrong signs of float32 gradients' },
  'figure-14': { page: 'methods/', title: 'The image with the most wrong signs' },
  'figure-15': { page: 'methods/', title: 'What the wrong signs do to the curve' },
  'figure-16': { page: 'methods/', title: 'One step with and without the clip' },
  'figure-17': { page: 'methods/', title: 'Five steps with and without the clip' },
  'figure-18': { page: 'networks/', title: 'A network trained against the attack' },
  'figure-19': { page: 'networks/', title: 'Perturbed images of the network trained against the attack' },
  'figure-20': { page: 'networks/', title: 'Attacks on one network, tried on another' },
  'figure-21': { page: 'networks/', title: 'Attacks towards a class' },
  'table-1': { page: '', title: 'Prediction vectors before and after one step' },
  'table-2': { page: '', title: 'The values of Figure 2' },
  'table-3': { page: '', title: 'Prediction vectors before and after five steps' },
  'table-4': { page: '', title: 'The values of Figure 4' },
  'table-5': { page: 'model/', title: 'The layers' },
  'table-6': { page: 'model/', title: 'The recipe' },
  'table-7': { page: 'methods/', title: 'The protocol' },
  'table-8': { page: 'methods/', title: 'How others do it' },
  'table-9': { page: 'networks/', title: 'Five trainings of the recipe' },
  'table-10': { page: 'networks/', title: 'The choice of the defence' },
  'table-11': { page: 'networks/', title: 'The epochs of adversarial training' },
  'table-12': { page: 'networks/', title: 'What is left in the worst case' },
  'table-13': { page: 'networks/', title: 'The checklist' },
  'equation-1': { page: '', title: 'The fast gradient sign method' },
  'equation-2': { page: '', title: 'The iterative method' },
  'equation-3': { page: 'methods/', title: 'The margin and the loss' },
  'equation-4': { page: 'methods/', title: 'The gradient of the loss has the sign of the margin’s' },
  'equation-5': { page: 'networks/', title: 'The attack towards a class' },
  'listing-1': { page: '', title: 'The fast gradient sign method' },
  'listing-2': { page: '', title: 'The margin and its gradient' },
  'listing-3': { page: '', title: 'Accuracy against epsilon' },
  'listing-4': { page: '', title: 'The iterative method' },
  'listing-5': { page: 'networks/', title: 'Projected gradient descent' },
  'listing-6': { page: 'networks/', title: 'The attack towards a class' },
});
