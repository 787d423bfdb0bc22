import { numberOf } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import {
  type Calibration,
  type CalibrationQuestion,
  calibrate,
  type MemberAnswer,
} from '../../ranking/calibration/index.ts';
import {
  type AnswerExtractor,
  answerExtractor,
} from '../../scorers/extraction/answer-extractor.ts';
import { type RowSource, readSource } from '../made-rows/read-source.ts';
import { rightAnswer } from './check-questions.ts';

/** The consortium whose answers are looked at. */
export interface CalibratedConsortium {
  readonly name: string;
  /** What its members are called in results, and in what is told of them. */
  readonly members: readonly { readonly id: string; readonly name: string }[];
  /** From 0 to 1. */
  readonly confidenceThreshold: number;
  /** How answers are found; null: the last `Answer:` line. */
  readonly extract: string | null;
}

/** What the results of a run say of a consortium. */
export interface ReadCalibration {
  readonly calibration: Calibration;
  /** Questions of which nothing is known, since nobody was asked, or the whole call failed. */
  readonly unanswered: number;
  /** Members, and the consortium, that gave responses in which no answer was found; none where all have one. */
  readonly unread: readonly UnreadResponses[];
}

/** Responses in which no answer could be found. */
export interface UnreadResponses {
  readonly model: string;
  readonly unread: number;
  readonly responses: number;
}

/**
 * Makes the statistics of a consortium from the results of a run of questions: what each member answered in the first
 * round, and what came of it.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`, `bad_input` for a line that is no record
 */
export async function readCalibration(
  source: RowSource,
  consortium: CalibratedConsortium,
): Promise<ReadCalibration> {
  const found = answerExtractor(consortium.extract);
  const extract: AnswerExtractor = 'problem' in found ? () => null : found;
  const questions: CalibrationQuestion[] = [];
  const counts = new ResponseCounts();
  let unanswered = 0;
  let confidenceSource: 'arbiter' | 'agreement' | null = null;
  for await (const { row } of readSource(source)) {
    const result = isJsonObject(row.answer) ? row.answer.consortium : undefined;
    const expected = rightAnswer(row, consortium.extract);
    if (!isJsonObject(result) || expected === null) {
      unanswered += 1;
      continue;
    }
    const told = result.confidence_source;
    if (told === 'arbiter' || told === 'agreement') confidenceSource ??= told;
    questions.push(questionOf(row, result, { expected, extract, consortium, counts }));
  }
  const { name, members, confidenceThreshold } = consortium;
  const names = members.map((member) => member.name);
  const setup = { name, members: names, confidenceThreshold, confidenceSource };
  const unread = counts.unreadOf([...names, name]);
  return { calibration: calibrate(setup, questions), unanswered, unread };
}

function questionOf(
  row: JsonObject,
  result: JsonObject,
  about: {
    readonly expected: string;
    readonly extract: AnswerExtractor;
    readonly consortium: CalibratedConsortium;
    readonly counts: ResponseCounts;
  },
): CalibrationQuestion {
  const { expected, extract, consortium, counts } = about;
  const answer = row.answer as JsonObject;
  const rounds = objectsIn(result.rounds);
  const first = new Map(objectsIn(rounds[0]?.members).map((member) => [member.id, member]));
  const text = answer.status === 'ok' && typeof row.response === 'string' ? row.response : null;
  const found = text === null ? null : extract(text);
  if (text !== null) counts.add(consortium.name, found !== null);
  return {
    members: consortium.members.map(({ id, name }) => {
      const member = memberAnswer(first.get(id), expected);
      if (first.get(id)?.status === 'ok') counts.add(name, member.answer !== null);
      return member;
    }),
    right: found === expected,
    confidence: text === null ? null : shareIn(result.confidence),
    rounds: rounds.length,
    costUsd: numberIn(answer.cost_usd),
    durationMs: numberIn(answer.latency_ms) ?? 0,
  };
}

class ResponseCounts {
  readonly #counts = new Map<string, { unread: number; responses: number }>();

  add(model: string, isRead: boolean): void {
    const before = this.#counts.get(model) ?? { unread: 0, responses: 0 };
    const unread = before.unread + (isRead ? 0 : 1);
    this.#counts.set(model, { unread, responses: before.responses + 1 });
  }

  unreadOf(models: readonly string[]): readonly UnreadResponses[] {
    return models.flatMap((model) => {
      const counted = this.#counts.get(model);
      return counted !== undefined && counted.unread > 0 ? [{ model, ...counted }] : [];
    });
  }
}

/** What failed, or came too late, is no answer; what was not let to answer is not known. */
function memberAnswer(member: JsonObject | undefined, expected: string): MemberAnswer {
  const { status, extracted } = member ?? {};
  if (status !== 'ok' && status !== 'error' && status !== 'timeout') {
    return { answer: null, right: null };
  }
  const answer = status === 'ok' && typeof extracted === 'string' ? extracted : null;
  return { answer, right: answer === expected };
}

function objectsIn(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function numberIn(value: JsonValue | undefined): number | null {
  const number = value === undefined ? null : numberOf(value);
  return number !== null && Number.isFinite(number) ? number : null;
}

function shareIn(value: JsonValue | undefined): number | null {
  const number = numberIn(value);
  return number === null ? null : Math.min(1, Math.max(0, number));
}
