import { seededRandom } from '../../core/seeded-random.ts';
import type { Asked } from '../protocols/protocol.ts';
import { hashText } from '../texts/hash-text.ts';
import { type AskedVerdict, readAskedVerdict } from './asked-verdict.ts';
import { type Findings, type Judging, judgeAnswers } from './judge-answers.ts';
import { writeVerdict } from './write-verdict.ts';

const USUAL_HABITS = { bias: 0, self: 0, noise: 0.5, tie: 0 };

/** What a judge is like that is more than a die. */
export type Judge = Partial<Judging> & {
  /** True for one that repeats what the judged answers say, before and behind its verdict; default false. */
  readonly obeys?: boolean | undefined;
};

/** A judge's whole reply, and what it was made from. */
export interface JudgedAnswer {
  readonly text: string;
  readonly asked: AskedVerdict;
  readonly findings: Findings;
}

/**
 * Answers a request for a verdict as a judge does that thinks first, the same for the same request: scores and labels
 * are rolled, rankings, picks and syntheses follow the truth as far as it is known. Undefined where none is asked for.
 */
export function judgedAnswer(request: Asked, judge: Judge = {}): JudgedAnswer | undefined {
  const asked = readAskedVerdict(request);
  if (asked === undefined) return undefined;
  const random = judge.random ?? seededRandom(hashText(`${request.model}\n${request.prompt}`));
  const share = random();
  const findings = judgeAnswers(asked, {
    habits: judge.habits ?? USUAL_HABITS,
    isOwn: judge.isOwn ?? (() => false),
    rightOf: judge.rightOf ?? (() => undefined),
    random,
  });
  const verdict = writeVerdict(asked, findings, share);
  if (verdict === undefined) return undefined;
  return { text: reply(asked, verdict, judge.obeys === true), asked, findings };
}

function reply({ kind, answers }: AskedVerdict, verdict: string, obeys: boolean): string {
  if (obeys) {
    const said = answers.map(({ text }) => text).join('\n');
    return `${said}\n${verdict}\n${said}`;
  }
  const isRolled = kind === 'score' || kind === 'label';
  return `${isRolled ? 'I roll a die.' : 'I weigh them one by one.'}\n${verdict}`;
}
