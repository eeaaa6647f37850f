// What the bundle holds, in the order in which it is listed: the one place that says so.

/** Folder of the bundle under `public/` and under the site's base path. */
export const HAND_IN_FOLDER = 'handin';

/** The printed report and the archive of everything: there only after `npm run handin`. */
export const REPORT_PDF = 'report.pdf';
export const ARCHIVE = 'adversarial-mnist.zip';

/** Each file of the bundle and what it is. */
export const contents: Readonly<Record<string, string>> = {
  [ARCHIVE]: 'everything below in one archive',
  [REPORT_PDF]: 'the report, printed',
  'README.txt': 'what is here and how to run the script',
  'problem1.py': 'Python script (JAX, matplotlib) that answers questions 1 to 4',
  'requirements.txt': "the script's packages",
  'question-1.png': 'question 1: image, change and perturbed image, one step',
  'question-1.svg': 'the same as SVG',
  'question-2.png': 'question 2: accuracy against epsilon, one step',
  'question-2.svg': 'the same as SVG',
  'question-3.png': 'question 3: image, change and perturbed image, five steps',
  'question-3.svg': 'the same as SVG',
  'question-4.png': 'question 4: accuracy against epsilon, five steps',
  'question-4.svg': 'the same as SVG',
  'prediction-vectors.csv': "questions 1 and 3: the network's output on each image",
  'accuracy.csv': 'questions 2 and 4: accuracies with 95 % Wilson intervals',
  'indices.csv': 'the test images of questions 2 and 4, with their classes',
  'weights.npz': 'the trained network',
  't10k-images-idx3-ubyte.gz': "MNIST's test images",
  't10k-labels-idx1-ubyte.gz': 'their classes',
  'report.json': "the report's numbers, which problem1.py compares its own with",
};

/** Text of the bundle's README. */
export function readme(): string {
  const width = Math.max(...Object.keys(contents).map((name) => name.length));
  const listed = Object.entries(contents).filter(([name]) => name !== ARCHIVE);
  return `Adversarial examples for a convolutional network on MNIST: what is handed in.

${listed.map(([name, what]) => `  ${name.padEnd(width)}  ${what}`).join('\n')}

${REPORT_PDF} is there if it has been printed. To run the script (Python 3.11 or later), offline but for the first line:

  python -m pip install -r requirements.txt
  python problem1.py

It prints the answers to the four questions, writes its pictures, its graphs and agreement.json to the folder output/,
and takes half a minute on two cores. It can also train the same network anew, in a minute and a half:

  python problem1.py --train FOLDER    where MNIST's training files are: train-images-idx3-ubyte and
                                       train-labels-idx1-ubyte, gzipped or not
`;
}
