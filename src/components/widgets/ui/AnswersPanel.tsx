import { useRef, useState } from 'preact/hooks';
import { aDigitName, count, epsilon as writeEpsilon, percent, relation, stepsName } from '../../format.ts';
import { argmax } from '../../../compute/statistics.ts';
import { answerQuestions, type AnsweredCurve, type Answers } from '../session/answerQuestions.ts';
import { accuracies } from '../session/curveRun.ts';
import { fetchSweep, fetchSweepImages } from '../session/imageLibrary.ts';
import type { OpenedNetwork } from '../session/openNetwork.ts';
import { deviceWords, type Status } from '../session/status.ts';
import { Downloads, type Download } from './Downloads.tsx';
import { PredictionVector } from './PredictionVector.tsx';
import { EpsilonFrame, linePath } from './ProbabilityFrame.tsx';
import { ScrollTable } from './ScrollTable.tsx';
import { StatusLine } from './StatusLine.tsx';
import { useRun } from './useRun.ts';
import type { LabProps } from './widgetProps.ts';

interface Props extends LabProps {
  network: OpenedNetwork;
}

const idle: Status = { state: 'static', details: 'The example in one step and in several, and both curves.' };
const titles = {
  static: 'Not yet answered.',
  computed: 'Answered in this browser',
  unavailable: 'Not answered.',
};

/** The four questions of the report, answered for a network in this browser: vectors and curves, beside the report's. */
export function AnswersPanel({ network, files, iterativeCurve, tableId }: Props) {
  const [answers, setAnswers] = useState<Answers>();
  const { status, run, cancel } = useRun(idle);
  const chart = useRef<HTMLDivElement>(null);
  const { label, pixels, image, epsilon } = network.view.result;

  const answer = () =>
    void run('the example', async ({ signal, tell, report }) => {
      const processor = network.startProcessor();
      try {
        const published = await Promise.all([files.curve, iterativeCurve].map(fetchSweep));
        const images = await fetchSweepImages(files.sweepImages, tell);
        const questions = { example: { pixels, label, epsilon }, published, images };
        const options = { signal, tell, processor };
        for await (const grown of answerQuestions(network.engine, questions, options)) {
          setAnswers(grown);
          if (grown.done) report({ state: 'computed', details: deviceWords(grown.device!) });
        }
      } finally {
        processor.end();
      }
    });

  const downloads: Download[] = [
    { name: 'answers.json', text: 'answers (JSON)', write: (to) => to.answersJson(answers!, network) },
    { name: 'answers.csv', text: 'curves (CSV)', write: (to) => to.answersCsv(answers!) },
    {
      name: 'answers.svg',
      text: 'drawing (SVG)',
      write: (to) => to.drawingFile(chart.current!.querySelector('svg.c-wide')!),
    },
  ];
  return (
    <section class="answers" aria-label="The four questions">
      <h2>The four questions for this network</h2>
      <StatusLine
        status={status}
        words={titles}
        action={
          status.state === 'running'
            ? { text: 'Cancel', onClick: cancel }
            : { text: answers?.done ? 'Answer again' : 'Answer the four questions', onClick: answer }
        }
      />
      {answers?.runs.map((run, i) => {
        const { original, path } = run;
        const before = original.prediction.probabilities;
        const after = path.at(-1)!.prediction.probabilities;
        const [from, to] = [argmax(before), argmax(after)];
        return (
          <div key={path.length}>
            <p>
              <b>Question {2 * i + 1}.</b> Test image {image}, {aDigitName(label)}, by{' '}
              {stepsName(path.length)} at <i class="m">ε</i> = {writeEpsilon(epsilon)}: predicted {from} (
              <i class="m">p</i> {relation(before[from]!)}), then {to} (<i class="m">p</i>{' '}
              {relation(after[to]!)}).
            </p>
            <PredictionVector id={`${tableId}-${2 * i + 1}`} run={run} />
          </div>
        );
      })}
      {answers && answers.curves.length > 0 && (
        <>
          <div ref={chart}>
            <AnswersChart curves={answers.curves} />
          </div>
          <details>
            <summary>Values of the curves</summary>
            <ScrollTable
              label="Accuracy against ε"
              heads={[
                'ε',
                ...answers.curves.flatMap(({ steps }) => [
                  stepsName(steps),
                  `${stepsName(steps)}, the report’s`,
                ]),
              ]}
              rows={valuesOf(answers)}
            />
          </details>
          <p>
            <Downloads files={downloads} note={!answers.done && ', of the images that are done'} />
          </p>
        </>
      )}
    </section>
  );
}

/** ε, then the accuracy of each curve here and in the report. */
function valuesOf({ curves }: Answers): string[][] {
  const columns = curves.flatMap(({ labels, predicted, published }) => [
    accuracies(labels, predicted),
    accuracies(labels, published),
  ]);
  return curves[0]!.epsilons.map((epsilon, i) => [
    writeEpsilon(epsilon),
    ...columns.map((accuracy) => percent(accuracy[i]!)),
  ]);
}

const styleOf = ({ steps }: AnsweredCurve) => (steps === 1 ? 'fgsm' : 'iterative');

/** Accuracy against ε of a network here, with points, and of the report's, as thin lines. */
function AnswersChart({ curves }: { curves: readonly AnsweredCurve[] }) {
  const { epsilons, labels, predicted } = curves[0]!;
  const names = curves.map(({ steps }) => stepsName(steps)).join(' and ');
  return (
    <>
      <p class="heading">
        <b>Accuracy on {count(labels.length)} test images along </b>
        <i class="m">ε</i>
      </p>
      <ul class="key">
        {curves.map((curve) => (
          <li key={curve.steps}>
            <svg width="40" height="12" viewBox="0 0 40 12" aria-hidden="true" class="chart">
              <path class={`ln ${styleOf(curve)}`} d="M0 6H40" />
              <Point style={styleOf(curve)} x={20} y={6} />
            </svg>{' '}
            {stepsName(curve.steps)}
            {curve.predicted[0]!.length < labels.length &&
              `, ${count(curve.predicted[0]!.length)} images so far`}
          </li>
        ))}
        <li>
          <svg width="40" height="12" viewBox="0 0 40 12" aria-hidden="true" class="chart">
            <path class="ln fgsm thin" d="M0 6H40" />
          </svg>{' '}
          the report’s network
        </li>
      </ul>
      <EpsilonFrame
        heights={[326, 286]}
        end={epsilons.at(-1)!}
        label={`Accuracy of this network against epsilon, ${names}, on ${count(predicted[0]!.length)} images, with that of the report’s network; the values stand in the table below`}
      >
        {(x, y) => {
          const xs = epsilons.map(x);
          return curves.map((curve) => {
            const style = styleOf(curve);
            const own = accuracies(curve.labels, curve.predicted).map(y);
            const published = accuracies(curve.labels, curve.published).map(y);
            return (
              <g key={curve.steps}>
                <path class={`ln ${style} thin`} d={linePath(xs, published)} />
                <path class={`ln ${style}`} d={linePath(xs, own)} />
                {own.map((at, i) => (
                  <Point key={i} style={style} x={xs[i]!} y={at} />
                ))}
              </g>
            );
          });
        }}
      </EpsilonFrame>
    </>
  );
}

function Point({ style, x, y }: { style: string; x: number; y: number }) {
  return style === 'fgsm' ? (
    <circle class={`pt ${style}`} cx={x} cy={y} r={3.4} />
  ) : (
    <rect class={`pt ${style}`} x={x - 3.2} y={y - 3.2} width={6.4} height={6.4} />
  );
}
