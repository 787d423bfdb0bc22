import type { Answer, AnswerError } from '../../core/answer.ts';
import { degradationOf } from '../../core/answer-details.ts';
import { behindThinking } from '../../core/behind-thinking.ts';
import { plainLine } from '../../core/plain-text.ts';
import type { Question, WorkflowContext } from '../../core/workflow.ts';
import { memberQuestion, type RoundLegacy } from './member-question.ts';
import type { PreparedConsortium } from './prepared-consortium.ts';
import { answersOf, type MemberEnd, type RoundStart } from './round.ts';

/**
 * Asks the members that take part, all at once, and waits for them; as soon as no answer that is still to come can
 * change what comes of the round, the others are cancelled.
 *
 * @param taking numbers of the members that take part
 * @returns what became of each member, by its number; of those that take no part, too
 */
export async function askMembers(
  consortium: PreparedConsortium,
  start: RoundStart,
  taking: readonly number[],
  { ask, progress }: Pick<WorkflowContext, 'ask' | 'progress'>,
): Promise<MemberEnd[]> {
  const { members, memberTimeoutMs } = consortium;
  const ends = members.map(({ id }): MemberEnd => nothingOf(id, 'eliminated', null));
  const outstanding = new Set(taking);
  const enough = new AbortController();
  const { number } = start;
  const tell = () => {
    const came = taking.filter((member) => !outstanding.has(member)).map((member) => ends[member]!);
    progress(`round ${number}: ${howFar(came, taking.length)}`);
  };
  tell();
  const questions = new Map<number, Question>();
  for (const member of taking) {
    questions.set(member, await questionOf(consortium, start, member));
  }
  const asked = taking.map(async (member) => {
    const { id, model } = members[member]!;
    let lastTry: AnswerError | null = null;
    const answer = await ask(`members/${member + 1}`, model, questions.get(member)!, {
      ...{ optional: true, deadlineMs: memberTimeoutMs, signal: enough.signal },
      onFailedTry: (error) => {
        lastTry = error;
      },
    });
    ends[member] = endOf(id, answer, lastTry, enough.signal.aborted, consortium);
    outstanding.delete(member);
    tell();
    if (await isDecided(consortium, ends, outstanding)) enough.abort();
  });
  await Promise.all(asked);
  return ends;
}

/** What is missing, or was not waited for, has not answered. */
function howFar(came: readonly MemberEnd[], asked: number): string {
  const count = (isMeant: (status: MemberEnd['status']) => boolean) =>
    came.filter(({ status }) => isMeant(status)).length;
  const missing = count((status) => status === 'error' || status === 'timeout');
  const cut = count((status) => status === 'cancelled');
  return [
    `${count((status) => status === 'ok')} of ${asked} answered`,
    ...(missing > 0 ? [`${missing} missing`] : []),
    ...(cut > 0 ? [`${cut} not waited for`] : []),
  ].join(', ');
}

async function questionOf(
  { members, prepared, system = null, seed }: PreparedConsortium,
  { request, earlier }: RoundStart,
  member: number,
): Promise<Question> {
  const told: string[] = [];
  for (const one of prepared) {
    const text = await one.prepared.system?.(member);
    if (text !== undefined) told.push(text);
  }
  const last = earlier.at(-1);
  const legacy: RoundLegacy | undefined = last && {
    synthesis: behindThinking(last.answer ?? ''),
    areas: last.judgement?.refinementAreas ?? [],
  };
  const own = last?.ends[member]?.response ?? null;
  return memberQuestion({
    ...{ member: members[member]!, request, system, legacy, seed },
    told,
    requested: prepared.flatMap((one) => one.prepared.request ?? []),
    own: own === null ? null : behindThinking(own),
  });
}

function endOf(
  id: string,
  { error, texts, laneEnded, details }: Answer,
  lastTry: AnswerError | null,
  isDecidedAlready: boolean,
  { memberTimeoutMs }: PreparedConsortium,
): MemberEnd {
  if (error === null) {
    const response = texts[0] ?? '';
    // What says nothing agrees with nobody.
    if (behindThinking(response).trim() !== '') {
      const degraded = degradationOf(details);
      return { ...nothingOf(id, 'ok', null), response, degraded };
    }
    return nothingOf(id, 'error', 'its answer is empty');
  }
  if (error.code === 'cancelled' && isDecidedAlready) return nothingOf(id, 'cancelled', null);
  if (error.code === 'deadline_passed') {
    const time = `no answer within ${memberTimeoutMs / 1000} s`;
    const why = lastTry === null ? '' : ` (a try failed: ${plainLine(lastTry.message, 150)})`;
    return nothingOf(id, 'timeout', time + why);
  }
  const status = error.code === 'timeout' ? 'timeout' : 'error';
  return nothingOf(id, status, plainLine(error.message, 200), laneEnded ? error : null);
}

function nothingOf(
  id: string,
  status: MemberEnd['status'],
  why: string | null,
  laneEnded: MemberEnd['laneEnded'] = null,
): MemberEnd {
  return { id, status, response: null, extracted: null, why, degraded: null, laneEnded };
}

async function isDecided(
  { all, prepared, voters, quorum }: PreparedConsortium,
  ends: readonly MemberEnd[],
  outstanding: ReadonlySet<number>,
): Promise<boolean> {
  if (all || outstanding.size === 0) return false;
  const at = prepared.findIndex((one) => one.prepared.isDecided !== undefined);
  // One before it that leaves answers out may leave out others when more have come.
  if (at < 0 || prepared.slice(0, at).some((one) => one.prepared.select !== undefined))
    return false;
  const answers = answersOf(
    ends,
    voters.map(({ weight }) => weight),
  );
  if (answers.length < quorum) return false;
  const waiting = [...outstanding].map((member) => voters[member]!);
  return prepared[at]!.prepared.isDecided!(answers, waiting);
}
