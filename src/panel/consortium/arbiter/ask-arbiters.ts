import type { GenerateRequest, Model } from '../../../core/model.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { textHash } from '../../../core/text-hash.ts';
import { AnswerFailure, type Ask, type AskOptions } from '../../../core/workflow.ts';
import {
  answerLabel,
  answerOrder,
  askAgain,
  askUntilRead,
  maskNames,
  type NamedModel,
  namesToMask,
  pickVerdict,
  rankingVerdict,
  readVerdict,
  type ShownAnswer,
  type VerdictKind,
} from '../../../judge/index.ts';
import type { Judging } from '../consortium.ts';
import { textOfMessage } from '../conversation.ts';
import {
  type ArbiterTask,
  askResultAgain,
  judgingQuestion,
  synthesisQuestion,
} from './arbiter-question.ts';
import { type Judgement, noJudgement } from './judgement.ts';
import { readResult, textOfUnread } from './result-reply.ts';

/** An answer, and the model whose names it may say. */
export interface JudgedAnswer {
  readonly text: string;
  readonly author: NamedModel;
}

/** What arbiters are asked. */
export interface ArbiterRound {
  readonly ask: Ask;
  /** Told in a line who is asked, and of each try that failed: an arbiter that hangs takes all of its tries. */
  readonly progress: (line: string) => void;
  /** Counted from 1. */
  readonly round: number;
  readonly arbiters: readonly Model[];
  /** Who judged the round before: it is asked first, since those before it have failed. */
  readonly lastArbiter: string | null;
  readonly judging: Judging;
  readonly request: GenerateRequest;
  readonly system: string | null;
  /** At most 26. */
  readonly answers: readonly JudgedAnswer[];
  readonly seed: number;
}

/**
 * Asks the first arbiter, and where one fails, or leaves nothing that can be used, the next, which stays so in later rounds.
 * Each sees the answers without names, in an order that the seed, the arbiter and the prompt decide.
 */
export async function askArbiters(round: ArbiterRound): Promise<Judgement> {
  const degraded: string[] = [];
  let useless: Judgement | undefined;
  for (const [at, arbiter] of inTurn(round)) {
    const name = at === 0 ? 'arbiter' : `arbiter/${at + 1}`;
    const which = at === 0 ? '' : ` ${plainLine(arbiter.reference, 100)}`;
    round.progress(`round ${round.round}: the arbiter${which} is asked`);
    try {
      const judgement = await askArbiter(round, arbiter, name);
      degraded.push(...judgement.degraded);
      if (judgement.isRead || judgement.text !== null) return { ...judgement, degraded };
      useless = judgement;
    } catch (error) {
      if (!(error instanceof AnswerFailure)) throw error;
      const why = plainLine(error.message, 200);
      degraded.push(`the arbiter ${plainLine(arbiter.reference, 100)} failed: ${why}`);
    }
  }
  return { ...(useless ?? noJudgement(round.judging, [])), degraded };
}

function inTurn({ arbiters, lastArbiter }: ArbiterRound): (readonly [number, Model])[] {
  const all = [...arbiters.entries()];
  const first = arbiters.findIndex(({ reference }) => reference === lastArbiter);
  return first <= 0 ? all : [...all.slice(first), ...all.slice(0, first)];
}

async function askArbiter(round: ArbiterRound, arbiter: Model, name: string): Promise<Judgement> {
  const { ask, judging, request, system, answers, seed } = round;
  const order = orderOf(round, arbiter);
  const prompt = promptOf(request);
  const shown = order.map((number, place): ShownAnswer => {
    const { text, author } = answers[number]!;
    return {
      label: answerLabel(place),
      text: maskNames(text, namesToMask(author, prompt)).text,
    };
  });
  const task: ArbiterTask = { request, system, answers: shown, arbiter: arbiter.reference, seed };
  const options: AskOptions = {
    optional: true,
    onFailedTry: ({ message }) => {
      const why = plainLine(message, 200);
      round.progress(`round ${round.round}: a try of the arbiter has failed: ${why}`);
    },
  };
  const asked = { ask, arbiter, name, task, options };
  if (judging === 'synthesis') return synthesised(asked);
  const labels = shown.map(({ label }) => label);
  const numberOf = (label: string) => order[labels.indexOf(label)]!;
  if (judging === 'rank') {
    return judged(asked, judging, rankingVerdict(labels, { confidence: true }), (verdict) =>
      verdict.ranking.map((group) => group.map(numberOf)),
    );
  }
  return judged(asked, judging, pickVerdict(labels), ({ pick }) => {
    const picked = numberOf(pick);
    return [[picked], order.filter((number) => number !== picked)];
  });
}

interface AskedArbiter {
  readonly ask: Ask;
  readonly arbiter: Model;
  readonly name: string;
  readonly task: ArbiterTask;
  readonly options: AskOptions;
}

async function synthesised({
  ask,
  arbiter,
  name,
  task,
  options,
}: AskedArbiter): Promise<Judgement> {
  const { messages, key } = synthesisQuestion(task);
  const { text, read, degraded } = await askUntilRead(ask, {
    ...{ name, model: arbiter, question: { messages }, options },
    read: (reply) => readResult(reply, key),
    again: (mistake) => askResultAgain(mistake, key),
  });
  const common = { arbiter: arbiter.reference, basis: 'synthesis' as const, ranking: null };
  if ('mistake' in read) {
    const unread = noJudgement(
      'synthesis',
      [unreadSentence(arbiter, read.mistake)],
      common.arbiter,
    );
    return { ...unread, text: textOfUnread(text, key) || null };
  }
  const { synthesis, confidence, needsIteration, refinementAreas, dissent } = read.value;
  return {
    ...common,
    ...{ isRead: true, text: synthesis, confidence, needsIteration, refinementAreas, dissent },
    degraded: degradedSentences(arbiter, degraded),
  };
}

async function judged<Value extends { readonly confidence: number | null }>(
  { ask, arbiter, name, task, options }: AskedArbiter,
  basis: 'rank' | 'pick-one',
  kind: VerdictKind<Value>,
  rankingOf: (value: Value) => readonly (readonly number[])[],
): Promise<Judgement> {
  const { messages, key } = judgingQuestion(task, kind);
  const { read, degraded } = await askUntilRead(ask, {
    ...{ name, model: arbiter, question: { messages }, options },
    read: (reply) => readVerdict(reply, kind, key),
    again: (mistake) => askAgain(mistake, kind, key),
  });
  const { reference } = arbiter;
  if ('mistake' in read) {
    return noJudgement(basis, [unreadSentence(arbiter, read.mistake)], reference);
  }
  const { confidence } = read.value;
  return {
    ...noJudgement(basis, degradedSentences(arbiter, degraded), reference),
    ...{ isRead: true, ranking: rankingOf(read.value), confidence, needsIteration: false },
  };
}

/** An arbiter that is another consortium may have lacked somebody. */
function degradedSentences({ reference }: Model, degraded: readonly string[] | null): string[] {
  if (degraded === null) return [];
  return [`the arbiter ${plainLine(reference, 100)} is degraded: ${degraded.join(', ')}`];
}

function unreadSentence({ reference }: Model, mistake: string): string {
  return `the reply of the arbiter ${plainLine(reference, 100)} could not be read: it ${mistake}`;
}

/** Each prompt has its place in the arbiter's orders, and each round the next one. */
function orderOf(
  { answers, request, round, seed }: ArbiterRound,
  arbiter: Model,
): readonly number[] {
  const prompt = (textHash(promptOf(request)).first % 1_000_000) + round - 1;
  return answerOrder({ seed, judge: arbiter.reference, prompt, count: answers.length });
}

function promptOf({ messages }: GenerateRequest): string {
  return messages.map(textOfMessage).join('\n');
}
