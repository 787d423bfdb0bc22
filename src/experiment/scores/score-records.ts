import { parseExactJson } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { messageOf } from '../../core/thrown-message.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { AddedKeys, RecordKeys } from '../../store/index.ts';
import { resultRow } from '../exports/result-row.ts';
import { type RowValue, rowFacts, type SummaryCollector } from '../summary/index.ts';
import type { RecordScore } from './record-score.ts';
import type { ScoreThread } from './score-thread.ts';

/** The key of a record under which the errors of its scorers stand, by their keys. */
export const SCORE_ERRORS = 'score_errors';

/** With what records are scored. */
export interface ScoreRecordsOptions {
  /** The keys of the thread's scorers, in their order. */
  readonly keys: readonly string[];
  /** Gives the thread, which need not be there before the first record. */
  readonly thread: () => Promise<ScoreThread>;
  /** Is told of every record, so that it is complete once all have been given. */
  readonly collector: SummaryCollector;
  /** The key of a row that says what is answered; default `input-id`, else the prompt. */
  readonly unit: string | undefined;
}

/** A record that is scored, and its place among all. */
interface Answered {
  readonly at: number;
  readonly text: string;
}

/** Gives records their scores; a failed one has none. All records are given once, in order. */
export function scoreRecords(options: ScoreRecordsOptions): RecordKeys {
  return {
    names: [...options.keys, SCORE_ERRORS],
    of: async (records, earlier) => {
      const rows = records.map(readRecord);
      const answered = rows.flatMap(({ isAnswered }, at): Answered[] =>
        isAnswered ? [{ at, text: records[at]! }] : [],
      );
      const texts = answered.map(({ text }) => text);
      const byKey = new Map<string, Map<number, RecordScore>>();
      for (const [scorer, key] of options.keys.entries()) {
        const scores = await scoresOf(options, scorer, texts);
        byKey.set(key, new Map(answered.map(({ at }, place) => [at, scores[place]!])));
      }
      return rows.map(({ input, isAnswered }, at) => {
        const own = new Map([...byKey].map(([key, scores]) => [key, scores.get(at)]));
        collect(options, input, own);
        if (!isAnswered) return new Map();
        return keysOf(own as Map<string, RecordScore>, earlier[at]!.get(SCORE_ERRORS));
      });
    },
  };
}

/** Scorers that worked before and do not any more cost the scores, not the records. */
async function scoresOf(
  { thread }: ScoreRecordsOptions,
  scorer: number,
  texts: readonly string[],
): Promise<readonly RecordScore[]> {
  try {
    return await (await thread()).score(scorer, texts);
  } catch (error) {
    if (error instanceof TuttiError && error.code === 'interrupted') throw error;
    return texts.map(() => ({ value: null, error: messageOf(error) }));
  }
}

function readRecord(text: string): { readonly input: JsonObject; readonly isAnswered: boolean } {
  const { input, answer } = resultRow(parseExactJson(text) as JsonObject);
  return { input, isAnswered: isJsonObject(answer) && answer.status === 'ok' };
}

/** Scores that other scorers gave before stay in a record, and so do their errors. */
function keysOf(scores: ReadonlyMap<string, RecordScore>, earlier: string | undefined): AddedKeys {
  const keys = new Map<string, string>();
  const before = earlier === undefined ? {} : parseExactJson(earlier);
  const errors = new Map(Object.entries(isJsonObject(before) ? before : {}));
  for (const [key, { value, error }] of scores) {
    keys.set(key, JSON.stringify(value));
    errors.delete(key);
    if (error !== undefined) errors.set(key, error);
  }
  if (errors.size > 0) keys.set(SCORE_ERRORS, JSON.stringify(Object.fromEntries(errors)));
  return keys;
}

function collect(
  { collector, unit }: ScoreRecordsOptions,
  input: JsonObject,
  scores: ReadonlyMap<string, RecordScore | undefined>,
): void {
  const values = new Map([...scores].map(([key, score]) => [key, valuesOf(score)]));
  const counts = new Map(
    [...scores].flatMap(([key, score]) => (score?.counts ? [[key, score.counts]] : [])),
  );
  collector.add({ ...rowFacts(input, unit), values }, counts);
}

function valuesOf(score: RecordScore | undefined): readonly RowValue[] {
  if (score === undefined) return [];
  return Array.isArray(score.value) ? score.value : [score.value as RowValue];
}
