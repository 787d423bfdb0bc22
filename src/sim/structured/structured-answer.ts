import { seededRandom } from '../../core/seeded-random.ts';
import type { AskedFormat } from '../protocols/asked-format.ts';
import type { Asked } from '../protocols/protocol.ts';
import { hashText } from '../texts/hash-text.ts';
import { schemaInText } from './schema-in-text.ts';
import { valueForSchema } from './value-for-schema.ts';

/** What any JSON is where nobody says which. */
const ANY_OBJECT = {
  type: 'object',
  properties: { answer: { type: 'string' } },
  required: ['answer'],
} as const;

/** The form in which an answer is wanted, by the request's fields or by the words of its system message; null for none. */
export function formatOf({ format, messages }: Asked): AskedFormat | null {
  if (format?.schema) return format;
  const system = messages.filter(({ role }) => role === 'system').map(({ text }) => text);
  const schema = schemaInText(system.join('\n'));
  if (format) return { ...format, schema: schema ?? ANY_OBJECT };
  return schema && { level: 'prompt', schema };
}

/** Answers with JSON that fits the schema: the same for the same model, messages and choice. */
export function structuredAnswer(asked: Asked, { schema }: AskedFormat, choice: number): string {
  const request = JSON.stringify([asked.model, asked.messages, asked.seed ?? null, choice]);
  const value = valueForSchema(schema ?? ANY_OBJECT, seededRandom(hashText(request)));
  return JSON.stringify(value);
}
