import { plainLine } from '../../../../core/plain-text.ts';
import {
  type AnswerExtractor,
  answerExtractor,
} from '../../../../scorers/extraction/answer-extractor.ts';
import type { ConsortiumAgreement } from '../../result.ts';
import type { RoundAnswer, Selection, Strategy, StrategyMember } from '../strategy.ts';

/** Members vote for their answers; the one with the most votes is the round's. */
export const strategy: Strategy = {
  name: 'voting',
  about: 'the answer that most members give; an arbiter is asked only about a tie',
  parameters: [
    {
      name: 'extract',
      kind: 'extract',
      about: 'how an answer is found: number, choice, json:POINTER, text, re:PATTERN',
      default: null,
    },
  ],
  decides: true,
  prepare: ({ parameters, extract }) => {
    const form = typeof parameters.extract === 'string' ? parameters.extract : extract;
    const found = answerExtractor(form);
    if ('problem' in found) throw new TypeError(`extract ${found.problem}`);
    const extractor = remembered(found);
    return {
      request: requestOf(form),
      extract: extractor,
      isDecided: (answers, outstanding) => isDecided(groupsOf(answers, extractor), outstanding),
      select: (answers, { asked }) => {
        const groups = groupsOf(answers, extractor);
        return groups.length === 0 ? noVote(answers, form) : elected(groups, asked);
      },
    };
  },
};

/** Responses are looked at again whenever another one has come: each is read once, for one question. */
function remembered(extract: AnswerExtractor): AnswerExtractor {
  const known = new Map<string, string | null>();
  return (response) => {
    const before = known.get(response);
    if (before !== undefined) return before;
    const extracted = extract(response);
    known.set(response, extracted);
    return extracted;
  };
}

/** Members whose answers are the same. */
interface VoteGroup {
  readonly answer: string;
  /** In the order of the consortium. */
  readonly answers: readonly RoundAnswer[];
  readonly votes: number;
}

/** What a member is told, so that its answer can be found. */
function requestOf(form: string | null): string | undefined {
  const [kind] = form?.split(':') ?? [];
  if (kind === 'json') return 'Reply with JSON only.';
  if (kind === 're') return undefined;
  const what = kind === 'number' ? 'the number' : kind === 'choice' ? 'the letter' : 'your answer';
  return `End your reply with a line of its own: "Answer: " and ${what}, and nothing else on it.`;
}

/** Groups by votes, the most first; of equal ones that of the first member. Arrival has no part in it. */
function groupsOf(answers: readonly RoundAnswer[], extract: AnswerExtractor): VoteGroup[] {
  const groups = new Map<string, RoundAnswer[]>();
  for (const answer of answers.toSorted((a, b) => a.member - b.member)) {
    const extracted = extract(answer.text);
    if (extracted === null) continue;
    const group = groups.get(extracted) ?? [];
    groups.set(extracted, group);
    group.push(answer);
  }
  return [...groups]
    .map(([answer, own]) => ({ answer, answers: own, votes: votesOf(own) }))
    .sort((a, b) => b.votes - a.votes);
}

/** True when the first group wins however the outstanding members vote, be it all for one answer. */
function isDecided(
  [first, second]: readonly VoteGroup[],
  outstanding: readonly StrategyMember[],
): boolean {
  if (first === undefined) return false;
  return isMore(first.votes, (second?.votes ?? 0) + votesOf(outstanding));
}

/** Prose may be right, and is for an arbiter: who only wrote some has not voted. */
function noVote(kept: readonly RoundAnswer[], form: string | null): Selection {
  const agreement: ConsortiumAgreement = { groups: [], share: 0, tied: false };
  const degraded = [`nobody has voted: ${missingIn(form)}`];
  return { kept, agreement, winners: [], confidence: null, degraded };
}

function missingIn(form: string | null): string {
  if (form === null) return 'no reply has a line "Answer: …"';
  if (form === 'number') return 'no reply has a number';
  if (form === 'choice') return 'no reply chooses a letter';
  return `in no reply is anything found by ${plainLine(form, 100)}`;
}

function elected(groups: readonly VoteGroup[], asked: readonly StrategyMember[]): Selection {
  const first = groups[0]!;
  const winning = groups.filter(({ votes }) => !isMore(first.votes, votes));
  const share = first.votes / votesOf(asked);
  const agreement: ConsortiumAgreement = {
    groups: groups.map(({ answer, answers: own }) => ({
      answer,
      members: own.map(({ id }) => id),
    })),
    share,
    tied: winning.length > 1,
  };
  return {
    kept: winning.flatMap((group) => group.answers),
    agreement,
    winners: winning.map(({ answers: [one] }) => one!),
    confidence: share,
  };
}

/** Sums of weights are rounded: 0.1 + 0.2 are no more votes than 0.3. */
function isMore(votes: number, than: number): boolean {
  return votes - than > 1e-9 * Math.max(1, votes);
}

function votesOf(voters: readonly Pick<StrategyMember, 'weight'>[]): number {
  return voters.reduce((sum, { weight }) => sum + weight, 0);
}
