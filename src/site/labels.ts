/**
 * Everything that is numbered: the page that holds it (path from the site's root) and what it shows, in plain text. The key is
 * the anchor on the page and holds kind and number, so that a label reads the same in a caption, in a cross-reference and
 * in an address. The numbers of a kind run 1, 2, 3 …; a letter makes a second of a number.
 */
export const registry: Readonly<Record<string, { page: string; title: string }>> = {
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
};

/**
 * An entry with its number and its text, word and number with a no-break space between them: `Figure 3`.
 *
 * @throws on an unknown id
 */
export function labels(id: string) {
  const entry = registry[id];
  if (!entry) throw new Error(`unknown label "${id}": add it to src/site/labels.ts`);
  const text = id.charAt(0).toUpperCase() + id.slice(1).replace('-', '\u00a0');
  return { ...entry, id, number: id.split('-')[1], text };
}
