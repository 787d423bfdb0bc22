import type { JsonObject, JsonValue } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { fenced, fenceKey, verdictMessages } from '../../judge/index.ts';
import { type FieldValues, TemplateMistake, valueText } from '../../templates/index.ts';
import { answerState } from '../made-rows/answered.ts';
import { MadeIds } from '../made-rows/made-ids.ts';
import { madeRow } from '../made-rows/made-row.ts';
import { readSource, type SourceRow } from '../made-rows/read-source.ts';
import type { NamedModel } from '../made-rows/role-settings.ts';
import type { JudgedSource } from './judge-source.ts';
import type { JudgeTemplate } from './judge-template.ts';
import type { Judging } from './judging.ts';

/**
 * Makes the rows that ask judges: for each judge, each template and each answer, in this order, one line of an
 * experiment. The same answers give the same lines.
 *
 * @throws TuttiError `bad_input` where a template cannot be filled in
 */
export async function* judgeRows(
  { judges, templates, seed }: Judging,
  { source, ids }: JudgedSource,
): AsyncGenerator<string, void> {
  const given = new MadeIds();
  for (const judge of judges) {
    for (const template of templates) {
      for await (const one of readSource(source)) {
        if (answerState(one.row) !== 'answered') continue;
        const id = `judge-${judge.name}-${template.name}-${ids.nameOf(one)}`;
        yield judgeRow({ judge, template, seed, id: given.claim(id, one.number) }, one);
      }
    }
  }
}

interface Asking {
  readonly judge: NamedModel;
  readonly template: JudgeTemplate;
  readonly seed: number;
  readonly id: string;
}

function judgeRow({ judge, template, seed, id }: Asking, { row, number }: SourceRow): string {
  const { verdict, name } = template;
  const own = { id, template_name: name };
  const { settings } = judge;
  if (verdict === null) {
    const prompt = filledIn(template, plainValues(row, template), number);
    return madeRow({ own: { ...own, prompt }, settings, source: row });
  }
  const texts = [template.text, JSON.stringify(row)];
  const key = fenceKey({ seed, judge: judge.name, texts });
  template.useKey(key);
  const task = filledIn(template, fencedValues(row, template, key), number);
  const prompt = verdictMessages(task, verdict.kind, key) as unknown as JsonValue;
  const fixed = { judge: judge.name, reply_form: verdict.form, reply_key: key };
  return madeRow({ own: { ...own, prompt }, settings, fixed, source: row });
}

function plainValues(row: JsonObject, { syntax }: JudgeTemplate): FieldValues {
  const { prompt = '', response = '' } = row;
  const fields = { INPUT_PROMPT: prompt, OUTPUT_RESPONSE: response };
  return syntax === 'format' ? fields : { record: row, ...fields, ...row };
}

/** Prompt and answer come between fences; `record` has them as they are. */
function fencedValues(row: JsonObject, { syntax }: JudgeTemplate, key: string): FieldValues {
  const prompt = fenced('prompt', key, valueText(row.prompt ?? ''));
  const response = fenced('answer', key, valueText(row.response ?? ''));
  const fields = { INPUT_PROMPT: prompt, OUTPUT_RESPONSE: response };
  return syntax === 'format' ? fields : { record: row, ...row, ...fields, prompt, response };
}

function filledIn({ file, template }: JudgeTemplate, values: FieldValues, number: number): string {
  try {
    return template.render(values);
  } catch (error) {
    if (!(error instanceof TemplateMistake)) throw error;
    const place = [plainLine(file, 500), error.line, error.column].filter((one) => one !== null);
    const message = plainLine(error.message, 300);
    throw new TuttiError(
      'bad_input',
      `${place.join(':')}: in row ${number} of the answers: ${message}`,
    );
  }
}
