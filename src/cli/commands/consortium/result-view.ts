import { plainLine, plainText } from '../../../core/plain-text.ts';
import type { ConsortiumResult } from '../../../panel/index.ts';
import type { ConsortiumOutcome } from '../../../runtime/index.ts';
import { degradedLine } from '../../render/degraded.ts';
import { countOf, durationText, spendText } from '../../render/figures.ts';

/** Renders the answer, its first line saying what it lacks; of one that failed, what members said; for standard output. */
export function renderAnswer({ status, degraded, answer, rounds }: ConsortiumResult): string {
  const first = status === 'complete' ? '' : `${degradedLine(status, degraded)}\n`;
  if (answer !== null) return `${first}${ended(plainText(answer))}`;
  const texts = (rounds.at(-1)?.members ?? []).flatMap(({ id, response }) =>
    response === null ? [] : [{ id, text: response }],
  );
  return `${first}${renderMembers(texts)}`;
}

/** Renders what members said, each under its name, with a blank line between. */
export function renderMembers(
  texts: readonly { readonly id: string; readonly text: string }[],
): string {
  return texts.map(({ id, text }) => `## ${plainLine(id)}\n${ended(plainText(text))}`).join('\n');
}

/** Renders how the answer came about: rounds, votes, confidence, cost; for standard error. */
export function renderResultSummary(
  result: ConsortiumResult,
  { costUsd, unknownCosts }: Pick<ConsortiumOutcome, 'costUsd' | 'unknownCosts'>,
): string {
  const { rounds, agreement, asked, answered, failed, timedOut } = result;
  const lost = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(timedOut > 0 ? [`${timedOut} timed out`] : []),
  ];
  const cost = spendText(costUsd, unknownCosts);
  return [
    ...rounds.map(roundText),
    ...(agreement === null ? [] : agreementText(agreement, result)),
    [
      ...(result.answer === null ? ['no answer'] : [basisText(result)]),
      `${countOf(answered, 'answer')} of ${asked}${lost.length > 0 ? ` (${lost.join(', ')})` : ''}`,
      durationText(result.durationMs),
      cost,
    ].join(' · '),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function roundText(round: ConsortiumResult['rounds'][number]): string {
  const { members, arbiter, confidence, refinementAreas, dissent } = round;
  const took = members.filter(({ status }) => status !== 'eliminated');
  const ok = took.filter(({ status }) => status === 'ok');
  const cut = took.filter(({ status }) => status === 'cancelled').length;
  return [
    `round ${round.round}: ${ok.length} of ${took.length} answered`,
    ...(cut > 0 ? [`${cut} not waited for`] : []),
    ...(arbiter === null ? [] : [plainLine(arbiter, 100)]),
    ...(confidence === null ? [] : [`confidence ${confidence.toFixed(2)}`]),
    ...(refinementAreas.length > 0
      ? [`to refine: ${plainLine(refinementAreas.join(', '), 200)}`]
      : []),
    ...(dissent === null ? [] : [`dissent: ${plainLine(dissent, 200)}`]),
  ].join(' · ');
}

function agreementText(
  { groups, tied }: NonNullable<ConsortiumResult['agreement']>,
  { rounds, round }: ConsortiumResult,
): string[] {
  const replies = (rounds[round - 1]?.members ?? []).filter(({ status }) => status === 'ok').length;
  if (groups.length === 0) {
    return [
      `answers: none found in ${countOf(replies, 'reply', 'replies')}`,
      '  --extract says what is an answer; an arbiter (--arbiter MODEL, no voting) makes one of free texts.',
    ];
  }
  const shown = groups.slice(0, 5).map(({ answer, members }) => {
    return `"${plainLine(answer, 60)}" ${members.length}`;
  });
  const more = groups.length > shown.length ? `, ${groups.length - shown.length} more` : '';
  const unread = replies - groups.reduce((sum, { members }) => sum + members.length, 0);
  const none = unread > 0 ? `, none found in ${countOf(unread, 'reply', 'replies')}` : '';
  return [`answers: ${shown.join(', ')}${more}${tied ? ' (tied)' : ''}${none}`];
}

function basisText({
  basis,
  round,
  rounds,
  confidence,
  confidenceSource,
}: ConsortiumResult): string {
  const of = rounds.length > 1 ? ` of round ${round}` : '';
  const sure =
    confidence === null
      ? 'confidence not known'
      : `confidence ${confidence.toFixed(2)}${confidenceSource === null ? '' : ` (${confidenceSource})`}`;
  return `${basis}${of} · ${sure}`;
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
