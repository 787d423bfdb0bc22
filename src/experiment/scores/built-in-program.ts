import { behindThinking } from '../../core/behind-thinking.ts';
import { parseExactJson } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { expectedResponse, SCORERS, type ScoredText, type Scorer } from '../../scorers/index.ts';
import { completionTexts, resultRow } from '../exports/result-row.ts';
import type { RowValue } from '../summary/index.ts';
import type { RecordScore, ScorerProgram, ScorerSource } from './record-score.ts';

/** One text of a record; null where there is none to score. */
type Text = ScoredText | null;

/**
 * Prepares a scorer of the program: of a record of several turns the last answer counts, of samples each; what a model
 * thought before it answered does not.
 *
 * @throws TuttiError `bad_usage` when its argument is wrong
 */
export async function builtInProgram(source: ScorerSource, folder: string): Promise<ScorerProgram> {
  const { scorer } = await SCORERS[source.name!]!.load();
  const { argument, content } = source;
  const prepared = await scorer.prepare({ argument, content, folder });
  const { corpus } = scorer;
  return {
    mode: source.name === 'classifier' ? 'batch' : 'pure',
    score: async (records) => {
      const all = records.map((record) => textsOf(record, scorer));
      const texts = all.flat().filter((text) => text !== null);
      if (corpus === undefined) {
        const values = (await prepared.scoreBatch(texts))[Symbol.iterator]();
        return all.map((own) => scoreOf(own, () => ({ value: values.next().value! })));
      }
      return all.map((own) =>
        scoreOf(own, (text) => {
          const counts = corpus.counts(text);
          return { value: corpus.ofText(counts), counts };
        }),
      );
    },
  };
}

function scoreOf(
  texts: readonly Text[],
  score: (text: ScoredText) => { readonly value: RowValue; readonly counts?: readonly number[] },
): RecordScore {
  const found = texts.map((text) => (text === null ? { value: null } : finite(score(text))));
  const counts = found.flatMap((one) => ('counts' in one && one.counts ? [one.counts] : []));
  const values = found.map(({ value }) => value);
  return {
    value: values.length === 1 ? values[0]! : values,
    ...(counts.length > 0 && { counts }),
  };
}

function finite<Found extends { readonly value: RowValue }>(found: Found): Found {
  if (typeof found.value !== 'number' || Number.isFinite(found.value)) return found;
  throw new Error(`it gave ${found.value}`);
}

function textsOf(record: string, { needsExpected }: Scorer): readonly Text[] {
  const row = resultRow(parseExactJson(record) as JsonObject);
  const expected = expectedResponse(row.input.expected_response);
  const reason = isJsonObject(row.answer) ? row.answer.finish_reason : null;
  const finishReason = typeof reason === 'string' ? reason : null;
  return completionTexts(row).map((text) =>
    text === null || (needsExpected && expected.texts.length === 0)
      ? null
      : { text: behindThinking(text), expected, finishReason },
  );
}
