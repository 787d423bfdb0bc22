import { plainLine } from '../../../core/plain-text.ts';
import type { MapOutcome } from '../../../runtime/index.ts';
import { countOf, countText, dollarsText } from '../../render/figures.ts';
import { fitLine } from '../../terminal/display-width.ts';

/** What is shown of a map that has ended. */
export type ShownMap = Pick<
  MapOutcome,
  | 'counts'
  | 'steps'
  | 'droppedKeys'
  | 'unasked'
  | 'shared'
  | 'output'
  | 'models'
  | 'state'
  | 'sample'
>;

/** True when every row of the input is accounted for. */
export function isWhole({ counts, unasked }: Pick<ShownMap, 'counts' | 'unasked'>): boolean {
  return counts.in === counts.answered + counts.failed + counts.skipped + unasked;
}

/** Renders what became of the rows: `10,000 in = 9,990 answered + 10 failed · 13,204 out`. */
export function renderMapEnd(outcome: ShownMap): string {
  const { counts, unasked, droppedKeys, shared, output } = outcome;
  const { answered, failed, skipped } = counts;
  const parts = [
    `${countText(answered)} answered`,
    ...(failed > 0 ? [`${countText(failed)} failed`] : []),
    ...(skipped > 0 ? [`${countText(skipped)} skipped`] : []),
    ...(unasked > 0 ? [`${countText(unasked)} not asked`] : []),
  ];
  const more = [
    ...(counts.partial > 0 ? [`${countText(counts.partial)} answered in part`] : []),
    ...(counts.invalid > 0 ? [`${countText(counts.invalid)} with nothing that is right`] : []),
    ...(counts.reasked > 0 ? [`${countText(counts.reasked)} asked again`] : []),
    ...(counts.repaired > 0 ? [`${countText(counts.repaired)} repaired`] : []),
    ...(counts.truncated > 0 ? [`${countText(counts.truncated)} cut at the token limit`] : []),
    ...(counts.empty > 0 ? [`${countText(counts.empty)} empty`] : []),
    ...(counts.dropped > 0 ? [`${countText(counts.dropped)} dropped`] : []),
    ...(droppedKeys > 0
      ? [`${countOf(droppedKeys, 'key')} left out that no column asked for`]
      : []),
    ...(shared > 0 ? [`${countText(shared)} with the answer of an equal row`] : []),
  ];
  const out = output === null ? '' : ` · ${countText(counts.out)} out`;
  return [
    `rows    ${countText(counts.in)} in = ${parts.join(' + ')}${out}\n`,
    ...(more.length > 0 ? [`of them ${more.join(', ')}\n`] : []),
    ...(isWhole(outcome) ? [] : ['rows are not all accounted for: that is a defect of tutti\n']),
    output === null
      ? 'output  not written: rows are left that were not asked\n'
      : output === '-'
        ? ''
        : `output  ${plainLine(output, 1000)}\n`,
  ].join('');
}

/** Renders what was made of a file of which nobody was asked: `100 in · 240 out`. */
export function renderFileEnd({ counts, output }: Pick<ShownMap, 'counts' | 'output'>): string {
  const dropped = counts.dropped > 0 ? ` · ${countText(counts.dropped)} dropped` : '';
  const place = output === null || output === '-' ? '' : `output  ${plainLine(output, 1000)}\n`;
  return `rows    ${countText(counts.in)} in · ${countText(counts.out)} out${dropped}\n${place}`;
}

/** Writes what became of the rows as one JSON line. */
export function renderMapJson(folder: string | null, outcome: ShownMap): string {
  const { counts, output, models, state } = outcome;
  const { in: rowsIn, out, failed, dropped } = counts;
  const costs = models.map(({ costUsd }) => costUsd).filter((cost) => cost !== null);
  const costUsd = costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0);
  const only = { name: 'rows', in: rowsIn, out, failed, dropped, costUsd };
  const steps = outcome.steps.length > 0 ? outcome.steps : [only];
  return `${JSON.stringify({ folder, output, state, ...counts, models, steps })}\n`;
}

/** Renders the rows that were chosen to be seen, and what the whole would come to. */
export function renderSample({ sample = [], counts, models }: ShownMap, width: number): string {
  const lines = sample.map((row) => `${fitLine(plainLine(JSON.stringify(row)), width)}\n`);
  const asked = counts.answered + counts.failed;
  const tokens = sumOf(models.map(({ inputTokens, outputTokens }) => inputTokens + outputTokens));
  const cost = sumOf(models.map(({ costUsd }) => costUsd ?? 0));
  const isKnown = models.some(({ costUsd }) => costUsd !== null);
  if (asked === 0) return ['\n', ...lines].join('');
  const whole = (counts.in - counts.skipped) / asked;
  const price = isKnown ? dollarsText(cost * whole) : 'price unknown';
  return [
    '\n',
    ...lines,
    `\nthe whole: about ${countText(tokens * whole)} tokens, ${price}; the same command without --sample goes on\n`,
  ].join('');
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
