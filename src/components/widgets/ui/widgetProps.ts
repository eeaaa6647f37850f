// What pages give to the widgets, out of the results. Runs at build.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelPaths, resultPath } from '../../../compute/results/files.ts';
import { readResult } from '../../../compute/results/readResult.ts';
import type { Example } from '../../../compute/results/schemas.ts';
import { sha256 } from '../../../compute/sha256.ts';
import { withBase } from '../../../site/withBase.ts';
import { filmChangeName, filmName } from '../../pictures/pictures.ts';
import { addPoint, noPoints } from '../session/alongJob.ts';
import { shownExample, type BuiltExample } from '../session/example.ts';
import type { AttackWidgetProps, LiveCurveProps, SiteFiles } from '../session/widgetTypes.ts';

const root = 'public';

/** Name of the packed images of the sweeps, below the base. */
const sweepImagesPath = 'results/sweep-images.bin';

let files: Promise<SiteFiles> | undefined;

// Islands are numbered in the order in which their props come. A disk that each of them asked would decide it anew in
// every build, so all wait for one answer.
function siteFiles(): Promise<SiteFiles> {
  files ??= readSiteFiles();
  return files;
}

/** The files that widgets fetch, at their addresses. */
async function readSiteFiles(): Promise<SiteFiles> {
  const weights = await readFile(join(root, modelPaths.weights));
  return {
    weights: withBase(modelPaths.weights),
    sha256: sha256(weights),
    check: withBase('results/widget-check.json'),
    images: withBase('results/widget-images.json'),
    sweepImages: withBase(sweepImagesPath),
    curve: withBase(resultPath('fgsm-curve')),
  };
}

/**
 * Props of the widget of question 1 or 3.
 *
 * @param name name in addresses, unique on its page
 * @param anchor id of the figure, for links
 * @throws if x* cannot be had again from the stored signs, bit for bit
 */
export async function attackProps(
  result: 'fgsm-example' | 'iterative-example',
  {
    name,
    anchor,
    tableId,
    pictures,
  }: { name: string; anchor?: string; tableId?: string; pictures?: boolean },
): Promise<AttackWidgetProps> {
  const stored = await readResult(result);
  const example = builtExample(stored);
  checkReplay(example, stored);
  const steps = stored.steps;
  const attack = result === 'fgsm-example' ? 'fgsm' : 'iterative';
  const file = (picture: string) => withBase(`pictures/${picture}.png`);
  return {
    name,
    anchor,
    tableId,
    example,
    files: await siteFiles(),
    pictures:
      (pictures ?? steps === 1)
        ? {
            original: file('fgsm-original'),
            ...(steps === 1 && { step: file(`${attack}-step`) }),
            change: file(`${attack}-change`),
            perturbed: file(`${attack}-perturbed`),
          }
        : undefined,
    film:
      steps === 1
        ? undefined
        : {
            images: stored.path.map((_, i) => file(filmName(i))).concat(file(filmName(steps))),
            changes: stored.path.map((_, i) => file(filmChangeName(i + 1))),
          },
  };
}

/** A stored example in the form that a page carries. */
function builtExample({
  index,
  label,
  epsilon,
  steps,
  original,
  path,
  quantised,
  alongEpsilon,
}: Example): BuiltExample {
  return {
    index,
    label,
    epsilon,
    steps,
    image: Buffer.from(original.image.map((value) => Math.round(255 * value))).toString('base64'),
    signs: path.map(({ signs }) => signs),
    original: { probabilities: original.prediction.probabilities, loss: original.loss },
    path: path.map(({ prediction, loss }) => ({ probabilities: prediction.probabilities, loss })),
    quantised: quantised.prediction.probabilities,
    along: alongEpsilon.reduce(
      (along, { epsilon: at, prediction: { probabilities } }) =>
        addPoint(along, at, probabilities.map(rounded), label),
      noPoints,
    ),
  };
}

/** A chart needs no more digits. */
function rounded(p: number): number {
  return Number(p.toPrecision(5));
}

function checkReplay(example: BuiltExample, { path }: Example): void {
  shownExample(example).path.forEach(({ perturbed }, step) => {
    const stored = path[step]!.perturbed;
    const bad = perturbed.findIndex((value, i) => value !== Math.fround(stored[i]!));
    if (bad >= 0) {
      throw new Error(
        `step ${step + 1}, pixel ${bad}: the stored signs lead to ${perturbed[bad]}, the result says ${stored[bad]}`,
      );
    }
  });
}

/**
 * Props of the live curve of question 2 or 4.
 *
 * @param widget the attack widget in which an image of the curve opens
 */
export async function curveProps(
  result: 'fgsm-curve' | 'iterative-curve',
  { name, widget }: { name: string; widget: { name: string; anchor: string } },
): Promise<LiveCurveProps> {
  const { epsilons, steps } = (await readResult(result)).clipped;
  const curve = withBase(resultPath(result));
  return { name, widget, epsilons, steps, files: { ...(await siteFiles()), curve } };
}
