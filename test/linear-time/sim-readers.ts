import { isJsonObject, type JsonValue } from '../../src/core/json.ts';
import { seededRandom } from '../../src/core/seeded-random.ts';
import { rephrasedAnswer } from '../../src/sim/answers/rephrased-answer.ts';
import { solve } from '../../src/sim/answers/solve.ts';
import type { Asked } from '../../src/sim/protocols/protocol.ts';
import { readOpenaiFormat } from '../../src/sim/protocols/read-format.ts';
import { saidAnswer } from '../../src/sim/questions/said-answer.ts';
import { schemaInText } from '../../src/sim/structured/schema-in-text.ts';
import { textOfPattern } from '../../src/sim/structured/text-of-pattern.ts';
import { valueForSchema } from '../../src/sim/structured/value-for-schema.ts';
import { readAskedVerdict } from '../../src/sim/verdicts/asked-verdict.ts';
import type { Readers } from './text-readers.ts';

const RANDOM = seededRandom(1);
const FORM = '<verdict key="0a">{"score"';

function asked(prompt: string): Asked {
  return { prompt, messages: [{ role: 'user', text: prompt }] } as unknown as Asked;
}

/** What judges are asked, with fences that are not closed. */
function judged(text: string): void {
  for (const prompt of [text, text.replaceAll('a', '<answer label="x" key="0a">')]) {
    readAskedVerdict(asked(`${prompt}${FORM}`));
  }
}

function formats(text: string): void {
  const schema: JsonValue = JSON.parse(text);
  if (isJsonObject(schema)) valueForSchema(schema, RANDOM);
  readOpenaiFormat({ type: 'json_schema', json_schema: { name: 'a', schema, strict: true } }, 'x', [
    text,
  ]);
}

/** What the simulator reads of requests. */
export const SIM_READERS: Readers = {
  'question for a judge': judged,
  'question for a simulated model': (text) => [solve(text), rephrasedAnswer(asked(text))],
  'answer that a judge looks at': saidAnswer,
  'schema in a prompt': (text) => schemaInText(`JSON ${text}`),
  'form that is asked for': formats,
  'pattern of a schema': (text) => textOfPattern(text, RANDOM),
};
