// What is handed in: each file's name and what it is, in the order in which it is listed.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { resultsRoot } from '../compute/results/root.ts';

/** Folder of the bundle under `public/` and at the site's root. */
export const HAND_IN_FOLDER = 'handin';

/** The printed report and the archive of everything: there only after `npm run handin`. */
export const REPORT_PDF = 'report.pdf';
export const ARCHIVE = 'adversarial-mnist.zip';

/** Each file of the bundle and what it is; the pictures, the notebook and the printed report need Python to be made. */
export const handInContents: Readonly<Record<string, string>> = {
  [ARCHIVE]: 'everything below in one archive',
  [REPORT_PDF]: 'the answers to questions 1 to 4, printed',
  'problem1.py': 'Python script (JAX, matplotlib) that answers questions 1 to 4',
  'problem1.ipynb': 'the same as a notebook, with what it printed and drew',
  'question-1.png': 'question 1: image, change and perturbed image, one step',
  'question-2.png': 'question 2: accuracy against epsilon, one step',
  'question-3.png': 'question 3: image, change and perturbed image, five steps',
  'question-4.png': 'question 4: accuracy against epsilon, five steps',
  'README.txt': 'what is here and how to run the script',
  'requirements.txt': "the script's packages",
  'prediction-vectors.csv': "questions 1 and 3: the network's output on each image",
  'accuracy.csv': 'questions 2 and 4: accuracies with 95 % Wilson intervals',
  'indices.csv': 'the test images of questions 2 and 4, with their classes',
  'weights.npz': 'the trained network',
  't10k-images-idx3-ubyte.gz': "MNIST's test images",
  't10k-labels-idx1-ubyte.gz': 'their classes',
  'report.json': "the report's numbers, which problem1.py compares its own with",
};

/**
 * The files of the bundle that are there, in the order of their list, with their addresses below the site's root.
 *
 * @param root folder that holds the bundle's own
 */
export function handInFiles({ root = resultsRoot } = {}): { name: string; href: string; bytes: number }[] {
  const names = Object.keys(handInContents).filter((name) => existsSync(join(root, HAND_IN_FOLDER, name)));
  return names.map((name) => ({
    name,
    href: `${HAND_IN_FOLDER}/${name}`,
    bytes: statSync(join(root, HAND_IN_FOLDER, name)).size,
  }));
}
