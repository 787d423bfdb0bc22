import { plainLine } from '../../../core/plain-text.ts';
import type { Accuracy, Calibration } from '../../../ranking/calibration/index.ts';
import { countOf, countText, dollarsText, durationText } from '../../render/figures.ts';
import {
  coefficientText,
  intervalText,
  percentText,
  testText,
  withSign,
} from '../../render/statistics-text.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';
import type { Style } from '../../terminal/style.ts';

/** How a calibration is shown. */
export interface CalibrationView {
  /** Cells in a line. */
  readonly width: number;
  readonly style: Style;
}

/** Renders whether a consortium is worth it: accuracies, what a vote would have been, what confidence says. */
export function renderCalibration(found: Calibration, view: CalibrationView): string {
  const lines = [
    ...accuracyLines(found, view),
    '',
    verdictLine(found),
    ...memberLines(found),
    ...confidenceLines(found),
    ...costLines(found),
  ];
  return `${lines.join('\n')}\n`;
}

function accuracyLines(found: Calibration, { width, style }: CalibrationView): string[] {
  const { members, consortium, differences, alternatives, questions } = found;
  const right = (title: string): TableColumn => ({ title, align: 'right' });
  const columns: TableColumn[] = [
    { title: 'model', align: 'left', shrinks: true, keepsEnd: true },
    right('right'),
    right('95 %'),
    right('consortium better by'),
    right('95 %'),
    right('McNemar p'),
  ];
  const accuracy = ({ accuracy: share, low, high }: Accuracy) => [
    percentText(share),
    low === null ? '' : intervalText(low, high, points),
  ];
  const rows = [
    ...members.map((one, at) => {
      const { difference, low, high, mcnemar } = differences[at]!;
      const better = [
        withSign(points(difference)),
        low === null ? '' : intervalText(low, high, points),
      ];
      return [nameText(one.model), ...accuracy(one), ...better, testText(mcnemar)];
    }),
    [`${nameText(consortium.model)} (consortium)`, ...accuracy(consortium)],
    ...alternatives.map((one) => [`${ALTERNATIVES[one.name]} of the members`, ...accuracy(one)]),
  ];
  const [title = '', ...lines] = renderTable(columns, rows, width);
  return [style.bold(countOf(questions, 'question')), style.bold(title), ...lines];
}

const ALTERNATIVES = { plurality: 'plain vote', 'log-odds': 'weighted vote' } as const;

function verdictLine({ beatsEveryMember, questionsNeeded, questions }: Calibration): string {
  const verdict = beatsEveryMember
    ? 'The consortium is better than every member.'
    : 'It is not shown that the consortium is better than every member.';
  if (questionsNeeded === null) return ` ${verdict}`;
  const enough = questions >= questionsNeeded ? '' : `; there are ${countText(questions)}`;
  return ` ${verdict} To see a difference of 5 points to the best takes ${countOf(questionsNeeded, 'question')}${enough}.`;
}

function memberLines(found: Calibration): string[] {
  const { oracle, errorCorrelation, effectiveMembers, members } = found;
  const worth =
    effectiveMembers === null
      ? ''
      : `; ${countOf(members.length, 'member')} worth ${effectiveMembers.toFixed(1)} that err apart`;
  return [
    fact(
      'at least one right',
      `${percentText(oracle)} of the questions, the most that a choice among their first answers can reach`,
    ),
    fact('errors together', `correlation ${coefficientText(errorCorrelation, 2)}${worth}`),
  ];
}

function confidenceLines({ confidence, thresholdDoesNothing, rounds }: Calibration): string[] {
  const { source, brier, auroc, low, high, bins, atOrAbove, below } = confidence;
  const held = Object.entries(rounds).map(([round, n]) => `${round}: ${countText(n)}`);
  const lines = [fact('rounds', held.join(', '))];
  if (source !== null) {
    const bounds = low === null ? '' : ` (${intervalText(low, high, twoDigits)})`;
    const of = source === 'arbiter' ? "the arbiter's" : 'share of the votes';
    lines.push(
      fact(
        'confidence',
        `${of}; Brier score ${coefficientText(brier)}, AUROC ${twoDigits(auroc)}${bounds}, 0.5 says nothing`,
      ),
      ...bins.map(({ from, to, n, mean, accuracy }) =>
        fact(
          '',
          `${from.toFixed(1)} to ${to.toFixed(1)}: ${percentText(accuracy)} of ${countText(n)} right, told ${percentText(mean)}`,
        ),
      ),
      fact('threshold', `from it on ${sideText(atOrAbove)}, under it ${sideText(below)}`),
    );
  }
  if (thresholdDoesNothing) {
    const why = Object.keys(rounds).every((round) => round === '1')
      ? 'all stop in round 1'
      : 'confidence is not shown to tell right from wrong';
    lines.push(fact('', `The threshold does nothing: ${why}.`));
  }
  return lines;
}

function sideText({ n, accuracy }: Calibration['confidence']['below']): string {
  return n === 0 ? 'none' : `${percentText(accuracy)} of ${countText(n)} right`;
}

function costLines({ consortium, questions }: Calibration): string[] {
  const { costUsd, p50Ms, p95Ms } = consortium;
  if (p50Ms === null || p95Ms === null) return [];
  const each = costUsd === null ? '' : `, ${dollarsText(costUsd / questions)} a question`;
  return [
    fact('cost', `${dollarsText(costUsd)}${each}`),
    fact('time', `half within ${durationText(p50Ms)}, 95 of 100 within ${durationText(p95Ms)}`),
  ];
}

function points(share: number | null): string {
  return share === null ? '' : coefficientText(100 * share, 1);
}

function twoDigits(value: number | null): string {
  return coefficientText(value, 2);
}

function nameText(name: string): string {
  return plainLine(name, 100);
}

function fact(name: string, text: string): string {
  return ` ${name.padEnd(18)} ${text}`;
}
