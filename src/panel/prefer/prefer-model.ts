import type { Answer } from '../../core/answer.ts';
import { degradationOf } from '../../core/answer-details.ts';
import { behindThinking } from '../../core/behind-thinking.ts';
import { CallError } from '../../core/call-error.ts';
import type { JsonObject } from '../../core/json.ts';
import type { CompositeModel, GenerateRequest, Generation } from '../../core/model.ts';
import { textHash } from '../../core/text-hash.ts';
import { UNKNOWN_USAGE } from '../../core/usage.ts';
import { LaneFailure, type WorkflowContext } from '../../core/workflow.ts';
import {
  answerOrder,
  maskNames,
  type NamedModel,
  namesToMask,
  shownPrompt,
} from '../../judge/index.ts';
import { askJudge, type JudgedAnswer } from './ask-judge.ts';
import { meanRanks } from './mean-ranks.ts';
import type { PreferOptions } from './prefer-options.ts';
import type { Preference, PreferenceVerdict, PreferredAnswer } from './preference.ts';

/** With fewer there is nothing to rank. */
const LEAST_ANSWERS = 2;

/**
 * Makes one model of several: all answer, the judges rank the answers without knowing whose they are, and the answer with
 * the best mean rank is the panel's. What each judge said is in `details.preference`.
 */
export function preferModel(options: PreferOptions): CompositeModel {
  const models = options.models.map(({ model }) => model);
  return {
    reference: options.reference,
    severalChoices: false,
    models: [...new Set([...models, ...options.judges])],
    workflow: (request, context) => prefer(options, request, context),
  };
}

async function prefer(
  options: PreferOptions,
  request: GenerateRequest,
  context: WorkflowContext,
): Promise<Generation> {
  const { models, judges, criteria, seed } = options;
  const answers = await askModels(options, request, context);
  const outcomes = answers.map((answer, at) => outcomeOf(answer, models[at]!));
  if (outcomes.filter(({ status }) => status === 'ok').length < LEAST_ANSWERS) {
    throw tooFew(options, outcomes, answers);
  }
  const prompt = shownPrompt(request.messages);
  const common = {
    ...{ prompt, criteria, seed },
    ordinal: options.ordinal ?? textHash(prompt).first,
    answers: judgedAnswers(outcomes, prompt, options),
    count: models.length,
    request: { stream: request.stream, keepRaw: request.keepRaw },
  };
  let given = 0;
  const verdicts = await Promise.all(
    judges.map(async (judge, at) => {
      const name = `judges/${at + 1}`;
      const verdict = await askJudge(context.ask, { ...common, name, judge });
      context.progress(`${++given} of ${judges.length} judges`);
      options.onVerdict?.(verdict);
      return verdict;
    }),
  );
  return generationOf(options, { outcomes, verdicts, ordinal: common.ordinal }, answers);
}

function askModels(
  { models, onDelta, onAnswer }: PreferOptions,
  request: GenerateRequest,
  context: WorkflowContext,
): Promise<readonly Answer[]> {
  let came = 0;
  return Promise.all(
    models.map(async ({ model }, at) => {
      const answer = await context.ask(`answers/${at + 1}`, model, request, {
        optional: true,
        onDelta: onDelta && ((text) => onDelta(at, text)),
      });
      context.progress(`${++came} of ${models.length} answered`);
      onAnswer?.(at, answer);
      return answer;
    }),
  );
}

function outcomeOf({ texts, error }: Answer, { model }: NamedModel): PreferredAnswer {
  const { reference } = model;
  if (error !== null) {
    return { model: reference, status: 'error', response: null, error: error.message };
  }
  const response = texts[0] ?? '';
  const status = behindThinking(response).trim() === '' ? 'empty' : 'ok';
  return { model: reference, status, response, error: null };
}

/** Where models could not be asked at all, the row is gone on with once they can. */
function tooFew(
  { reference, seed }: PreferOptions,
  outcomes: readonly PreferredAnswer[],
  answers: readonly Answer[],
): Error {
  const shown = outcomes.filter(({ status }) => status === 'ok').length;
  const ended = answers.filter(({ laneEnded }) => laneEnded);
  const [first] = ended;
  if (first?.error && shown + ended.length >= LEAST_ANSWERS) return new LaneFailure(first.error);
  const degraded = lackingAnswers(outcomes);
  const message = `${shown} of ${outcomes.length} models answered, too few to rank: ${degraded.join('; ')}`;
  const preference: Preference = {
    ...{ status: 'failed', degraded, seed, preferred: null, answers: outcomes, verdicts: [] },
  };
  return new CallError('quorum_missed', message, {
    paid: {
      ...{ model: reference, usage: UNKNOWN_USAGE, costUsd: null, finishReason: null },
      details: { preference: preference as unknown as JsonObject },
    },
  });
}

function lackingAnswers(outcomes: readonly PreferredAnswer[]): readonly string[] {
  return outcomes.flatMap(({ model, status, error }) =>
    status === 'ok' ? [] : [`${model}: ${error ?? 'its answer is empty'}`],
  );
}

function degradedAnswers({ models }: PreferOptions, answers: readonly Answer[]): readonly string[] {
  return answers.flatMap(({ details }, at) => {
    const degraded = degradationOf(details);
    const { reference } = models[at]!.model;
    return degraded === null
      ? []
      : [`${reference}: its answer is degraded: ${degraded.join(', ')}`];
  });
}

function lackingRankings(verdicts: readonly PreferenceVerdict[]): readonly string[] {
  return verdicts.flatMap(({ judge, error, degraded }) => {
    if (error !== null) return [`${judge}: no ranking, ${error}`];
    return degraded === undefined
      ? []
      : [`${judge}: its ranking is degraded: ${degraded.join(', ')}`];
  });
}

/** What judges are shown: no thoughts, and no names unless they are wanted. */
function judgedAnswers(
  outcomes: readonly PreferredAnswer[],
  prompt: string,
  { models, mask = true }: PreferOptions,
): readonly JudgedAnswer[] {
  return outcomes.flatMap(({ model, status, response }, number) => {
    if (status !== 'ok' || response === null) return [];
    const text = behindThinking(response);
    const names = mask ? namesToMask(models[number]!, prompt) : [];
    return { number, model, ...maskNames(text, names) };
  });
}

interface Outcome {
  readonly outcomes: readonly PreferredAnswer[];
  readonly verdicts: readonly PreferenceVerdict[];
  readonly ordinal: number;
}

function generationOf(
  options: PreferOptions,
  { outcomes, verdicts, ordinal }: Outcome,
  answers: readonly Answer[],
): Generation {
  const { reference, seed } = options;
  const best = preferredOf({ outcomes, verdicts, ordinal }, seed, reference);
  const { model, response } = outcomes[best]!;
  const degraded = [
    ...lackingAnswers(outcomes),
    ...degradedAnswers(options, answers),
    ...lackingRankings(verdicts),
  ];
  const status = degraded.length === 0 ? 'complete' : 'degraded';
  const preference: Preference = {
    ...{ status, degraded, seed, preferred: model, answers: outcomes, verdicts },
  };
  const notes = verdicts.every(({ ranking }) => ranking === null)
    ? ['no judge gave a ranking: the answer was drawn']
    : [];
  return {
    texts: [response ?? ''],
    finishReason: answers[best]!.finishReason,
    model: reference,
    usage: UNKNOWN_USAGE,
    costUsd: null,
    requestId: null,
    details: {
      preference: preference as unknown as JsonObject,
      ...(notes.length > 0 && { notes }),
    },
  };
}

/** The number of the answer with the best mean rank, of equal ones one that the seed draws. */
function preferredOf(
  { outcomes, verdicts, ordinal }: Outcome,
  seed: number,
  reference: string,
): number {
  const ranks = meanRanks(verdicts);
  const draw = answerOrder({ seed, judge: reference, prompt: ordinal, count: outcomes.length });
  const candidates = draw.filter((number) => outcomes[number]!.status === 'ok');
  const rankOf = (number: number) => ranks.get(outcomes[number]!.model) ?? Number.POSITIVE_INFINITY;
  return candidates.reduce((best, number) => (rankOf(number) < rankOf(best) ? number : best));
}
