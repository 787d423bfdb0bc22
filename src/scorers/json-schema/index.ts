import { readJsonSchema } from '../../json-schema/index.ts';
import { eachText, type Scorer } from '../shape/scorer.ts';
import { jsonAnswer } from '../texts/json-answer.ts';

/** Whether the answer is JSON that a schema allows. */
export const scorer: Scorer = {
  name: 'json-schema',
  about: 'whether the answer is JSON that a JSON Schema allows',
  argument: { form: 'FILE', isRequired: true, isFile: true },
  needsExpected: false,
  prepare: ({ content }) => {
    const { mistakeIn } = readJsonSchema(content);
    return eachText(({ text }) => {
      const value = jsonAnswer(text);
      return value !== undefined && mistakeIn(plain(value)) === null;
    });
  },
};

/** A validator knows numbers alone, not their source texts. */
function plain(value: ReturnType<typeof jsonAnswer>) {
  return JSON.parse(JSON.stringify(value));
}
