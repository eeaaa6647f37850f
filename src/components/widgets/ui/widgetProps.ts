// What pages give to the widgets, out of the results. Runs at build.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../../compute/sha256.ts';
import { modelPaths, modelPathsOf, resultPath } from '../../../compute/results/files.ts';
import { networkNames } from '../../../compute/results/networkNames.ts';
import { readResult } from '../../../compute/results/readResult.ts';
import { isImported, resultsRoot } from '../../../compute/results/root.ts';
import type { Example } from '../../../compute/results/schemas.ts';
import { networkLabel } from '../../format.ts';
import { filmChangeName, filmName } from '../../pictures/pictures.ts';
import dense from '../../../../samples/torch-dense.onnx?url';
import staxModel from '../../../../samples/stax/model.json?url';
import staxWeights from '../../../../samples/stax/weights.bin?url';
import { builtResult, epsilonCurve, type BuiltExample, type Reading } from '../session/view.ts';
import { publishedNetwork } from '../../../compute/experiments/publishedNetwork.ts';
import type { WeightsFile } from '../session/protocol.ts';
import type { SiteFile } from '../session/siteFile.ts';

export type AttackWidgetProps = Awaited<ReturnType<typeof attackProps>>;
export type LabProps = Awaited<ReturnType<typeof labProps>>;
export type LiveCurveProps = Awaited<ReturnType<typeof curveProps>>;

/** What a host or a browser kept of another build has another address. */
async function siteFile(path: string): Promise<SiteFile> {
  const content = await readFile(join(resultsRoot, path));
  const digest = sha256(content);
  return { url: `/${path}?${digest.slice(0, 12)}`, bytes: content.length, sha256: digest };
}

let files: ReturnType<typeof findFiles> | undefined;

// Islands are numbered in the order in which their props come. A disk that each of them asked would decide it anew in
// every build, so all wait for one answer.
const siteFiles = () => (files ??= findFiles());

/** The files that widgets fetch. */
async function findFiles() {
  const [weights, check, images, sweepImages, fgsm, iterative] = await Promise.all([
    siteFile(modelPaths.weights),
    siteFile(resultPath('widget-check')),
    siteFile(resultPath('widget-images')),
    siteFile('results/sweep-images.bin'),
    siteFile(resultPath('fgsm-curve')),
    siteFile(resultPath('iterative-curve')),
  ]);
  // A browser knows the layers of the report's own.
  const source: WeightsFile = isImported()
    ? { ...weights, layers: (await publishedNetwork()).layers }
    : weights;
  const curves = { 'fgsm-curve': fgsm, 'iterative-curve': iterative };
  return { weights: source, check, images, sweepImages, curves };
}

/**
 * Props of the widget of question 1 or 3.
 *
 * @param place name in addresses, unique on its page; ids of the figure, for links, and of the table inside it
 * @throws if x* cannot be had again from the stored signs, bit for bit
 */
export async function attackProps(
  result: 'fgsm-example' | 'iterative-example',
  place: { name: string; anchor: string; tableId: string },
) {
  const stored = await readResult(result);
  const example = builtExample(stored);
  checkReplay(example, stored);
  const { curves, ...shared } = await siteFiles();
  const picture = (picture: string) => `/pictures/${picture}.png`;
  const single = stored.steps === 1;
  return {
    ...place,
    example,
    files: { ...shared, curve: curves['fgsm-curve'] },
    /** The build's pictures; of several steps the film strip stands instead: images x₀ … x_k and changes of x₁ … x_k. */
    pictures: single
      ? {
          original: picture('fgsm-original'),
          step: picture('fgsm-step'),
          change: picture('fgsm-change'),
          perturbed: picture('fgsm-perturbed'),
        }
      : undefined,
    film: single
      ? undefined
      : {
          images: [stored.original, ...stored.path].map((_, step) => picture(filmName(step))),
          changes: stored.path.map((_, i) => picture(filmChangeName(i + 1))),
        },
  };
}

/** A network that the lab offers: weights of the report's layers, or the files of another tool, the network's own first. */
type OfferedNetwork = { words: string } & (
  { weights: SiteFile } | { files: readonly { name: string; url: string }[] }
);

/** Networks of other tools to try, by their names in addresses. */
const samples: Readonly<Record<string, OfferedNetwork>> = {
  'torch-dense': {
    words: 'sample: a dense network, from PyTorch',
    files: [{ name: 'torch-dense.onnx', url: dense }],
  },
  'stax-max-pool': {
    words: 'sample: a convnet with max pooling, from JAX stax',
    files: [
      { name: 'model.json', url: staxModel },
      { name: 'weights.bin', url: staxWeights },
    ],
  },
};

/** Props of the lab: those of question 1's widget, the curve of question 4, and the other networks by their names in addresses. */
export async function labProps(place: { name: string; anchor: string; tableId: string }) {
  const { curves } = await siteFiles();
  const others = isImported() ? [] : networkNames.slice(1);
  const networks = await Promise.all(
    others.map(async (name) => {
      const label = networkLabel(name);
      const words = label === 'defended' ? 'trained against the attack' : `training ${label} of the recipe`;
      return [label, { words, weights: await siteFile(modelPathsOf(name).weights) }] as const;
    }),
  );
  return {
    ...(await attackProps('fgsm-example', place)),
    iterativeCurve: curves['iterative-curve'],
    networks: { ...Object.fromEntries(networks), ...samples },
  };
}

/** A stored example in the form that a page carries. */
function builtExample({
  index,
  label,
  epsilon,
  original,
  path,
  quantised,
  alongEpsilon,
}: Example): BuiltExample {
  const curve = epsilonCurve(alongEpsilon, label);
  // A chart needs no more digits.
  const short = (value: number) => Math.round(value * 10_000) / 10_000;
  const texts = Object.entries({ ...curve }).map(([name, list]) => [name, list.map(short).join(' ')]);
  return {
    index,
    label,
    epsilon,
    image: Buffer.from(original.image.map((value) => Math.round(255 * value))).toString('base64'),
    signs: path.map(({ signs }) => signs),
    original: reading(original),
    path: path.map(reading),
    quantised: quantised.prediction.probabilities,
    curve: Object.fromEntries(texts) as BuiltExample['curve'],
  };
}

function reading({ prediction: { probabilities }, loss }: Reading): Reading {
  return { prediction: { probabilities }, loss };
}

function checkReplay(example: BuiltExample, { path }: Example): void {
  builtResult(example).path.forEach(({ perturbed }, step) => {
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
 * @param place name in addresses, and the attack widget in which an image of the curve opens
 */
export async function curveProps(
  result: 'fgsm-curve' | 'iterative-curve',
  place: { name: string; widget: { name: string; anchor: string } },
) {
  const { epsilons, steps } = (await readResult(result)).clipped;
  const { weights, sweepImages, curves } = await siteFiles();
  return { ...place, epsilons, steps, files: { weights, sweepImages, curve: curves[result] } };
}
