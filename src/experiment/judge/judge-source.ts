import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { answerState } from '../made-rows/answered.ts';
import { FieldNames } from '../made-rows/field-names.ts';
import { SourceIds } from '../made-rows/made-ids.ts';
import { type RowSource, readSource } from '../made-rows/read-source.ts';

/** Answers that are judged, looked at once. */
export interface JudgedSource {
  readonly source: RowSource;
  readonly ids: SourceIds;
  /** Every key that a row has. */
  readonly fields: ReadonlySet<string>;
  readonly rows: number;
  /** Rows that are judged. */
  readonly answered: number;
  /** Rows with an error, which are not. */
  readonly errors: number;
  /** Rows whose answer has no text, which are not. */
  readonly empty: number;
}

/**
 * Goes through the answers once, before any of them is judged.
 *
 * @throws TuttiError `bad_input` for a line that is no row, and where there is nothing to judge; `file_missing`
 */
export async function lookAtAnswers(source: RowSource): Promise<JudgedSource> {
  const ids = new SourceIds();
  const fields = new FieldNames();
  const counts = { answered: 0, error: 0, empty: 0 };
  let rows = 0;
  for await (const one of readSource(source)) {
    rows++;
    counts[answerState(one.row)]++;
    ids.note(one);
    fields.note(one.row);
  }
  const { answered, error: errors, empty } = counts;
  if (answered === 0) throw nothingToJudge(source.label, rows, errors);
  return { source, ids, fields: fields.all, rows, answered, errors, empty };
}

/** Every key that a row of a file has; lines that are no rows are passed over. */
export async function fieldsOfRows(source: RowSource): Promise<ReadonlySet<string>> {
  const fields = new FieldNames();
  for await (const { row } of readSource({ ...source, skipInvalid: true })) {
    fields.note(row);
  }
  return fields.all;
}

function nothingToJudge(label: string, rows: number, errors: number): TuttiError {
  const why =
    rows === 0
      ? 'it has no rows'
      : `of its ${rows} rows ${errors} failed, and the others have no text`;
  return new TuttiError('bad_input', `${plainLine(label, 1000)} has no answer to judge: ${why}`, {
    hint: 'Name the folder of a run, or a file of its records: rows with "prompt" and "response".',
  });
}
