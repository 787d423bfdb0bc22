import { FieldNames } from '../made-rows/field-names.ts';
import { SourceIds } from '../made-rows/made-ids.ts';
import { type RowSource, readSource } from '../made-rows/read-source.ts';
import { promptText } from './prompt-text.ts';

/** Prompts that are rephrased, looked at once. */
export interface PromptSource {
  readonly source: RowSource;
  readonly ids: SourceIds;
  /** Prompts without a text of a user, which are not. */
  readonly withoutText: number;
  /** Every key that a row has. */
  readonly fields: ReadonlySet<string>;
}

/** Goes through the prompts once, before any of them is rephrased. @throws TuttiError `bad_input` for a line that is no row */
export async function lookAtPrompts(source: RowSource): Promise<PromptSource> {
  const ids = new SourceIds();
  const fields = new FieldNames();
  let withoutText = 0;
  for await (const one of readSource(source)) {
    ids.note(one);
    if (promptText(one.row.prompt) === null) withoutText++;
    fields.note(one.row);
  }
  return { source, ids, withoutText, fields: fields.all };
}
