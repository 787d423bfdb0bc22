import type { GenerateRequest, Model } from '../../core/model.ts';
import { AnswerFailure, type Ask } from '../../core/workflow.ts';
import {
  answerLabel,
  answerOrder,
  answersTask,
  askAgain,
  askUntilRead,
  fenceKey,
  type RankingVerdict,
  rankingVerdict,
  readVerdict,
  verdictMessages,
} from '../../judge/index.ts';
import type { PreferenceVerdict } from './preference.ts';

/** An answer that judges are shown. */
export interface JudgedAnswer {
  /** Number of its model among all that were asked. */
  readonly number: number;
  readonly model: string;
  /** Without names, unless they are shown. */
  readonly text: string;
  /** Names that were taken out. */
  readonly masked: number;
}

/** What a judge is asked. */
export interface JudgeQuestion {
  /** Names the call; the second ask is `NAME/again`. */
  readonly name: string;
  readonly judge: Model;
  readonly prompt: string;
  /** At least two, by their numbers. */
  readonly answers: readonly JudgedAnswer[];
  /** How many models were asked: orders are balanced over all of them. */
  readonly count: number;
  readonly criteria: string | undefined;
  readonly seed: number;
  readonly ordinal: number;
  readonly request: Pick<GenerateRequest, 'stream' | 'keepRaw'>;
}

/** Has a judge rank answers, in an order of its own. A judge that fails, or cannot be read twice, has no ranking. */
export async function askJudge(
  ask: Ask,
  { name, judge, prompt, answers, count, criteria, seed, ordinal, request }: JudgeQuestion,
): Promise<PreferenceVerdict> {
  const order = answerOrder({ seed, judge: judge.reference, prompt: ordinal, count });
  const byNumber = new Map(answers.map((answer) => [answer.number, answer]));
  const shown = order.flatMap((number) => byNumber.get(number) ?? []);
  const labelled = shown.map(({ text }, place) => ({ label: answerLabel(place), text }));
  const instruction = instructionOf(criteria);
  const texts = [instruction, prompt, ...shown.map(({ text }) => text)];
  const key = fenceKey({ seed, judge: judge.reference, texts });
  const kind = rankingVerdict(labelled.map(({ label }) => label));
  const task = answersTask({ instruction, prompt, answers: labelled, key });
  const outcome = {
    judge: judge.reference,
    shown: shown.map(({ model }) => model),
    masked: shown.reduce((sum, { masked }) => sum + masked, 0),
  };
  let asked = 0;
  const none = { ranking: null, reasons: {} };
  const counting: Ask = (...given) => {
    asked++;
    return ask(...given);
  };
  try {
    const { read, degraded } = await askUntilRead(counting, {
      ...{ name, model: judge, options: { optional: true } },
      question: { messages: verdictMessages(task, kind, key), ...request },
      read: (reply) => readVerdict(reply, kind, key),
      again: (mistake) => askAgain(mistake, kind, key),
    });
    if ('value' in read) {
      const verdict = { ...outcome, ...named(read.value, shown), status: 'ok', asked } as const;
      return { ...verdict, error: null, ...(degraded !== null && { degraded }) };
    }
    return { ...outcome, ...none, status: 'unparsed', asked, error: `its reply ${read.mistake}` };
  } catch (error) {
    if (!(error instanceof AnswerFailure)) throw error;
    return { ...outcome, ...none, status: 'error', asked, error: error.message };
  }
}

/** Puts models in the place of labels. */
function named(
  { ranking, reasons }: RankingVerdict,
  shown: readonly JudgedAnswer[],
): Pick<PreferenceVerdict, 'ranking' | 'reasons'> {
  const models = new Map(shown.map(({ model }, place) => [answerLabel(place), model]));
  const modelOf = (label: string) => models.get(label)!;
  return {
    ranking: ranking.map((group) => group.map(modelOf)),
    reasons: Object.fromEntries(
      shown.flatMap(({ model }, place) => {
        const label = answerLabel(place);
        return Object.hasOwn(reasons, label) ? [[model, reasons[label]!]] : [];
      }),
    ),
  };
}

function instructionOf(criteria: string | undefined): string {
  const by =
    criteria === undefined
      ? 'by factuality and writing style.'
      : `by these criteria:\n\n${criteria.trim()}`;
  return (
    'Below stand a prompt and the answers that several writers gave to it, in no order that means anything. ' +
    `Read all of them, then rank them from the best to the worst ${by}`
  );
}
