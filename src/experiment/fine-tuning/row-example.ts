import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { Example, ExampleColumns } from './example.ts';

/** What keeps a row from being an example. */
export type Flaw =
  | 'no prompt'
  | 'prompt is no text'
  | 'empty completion'
  | 'empty rejected completion'
  | 'completion is a list'
  | 'chosen and rejected are the same';

/** Takes the example out of a row, or says why there is none. @param system of rows without one of their own */
export function rowExample(
  row: JsonObject,
  columns: ExampleColumns,
  system: string | null,
): Example | Flaw {
  const asked = promptOf(ownValue(row, columns.prompt));
  if (typeof asked === 'string') return asked;
  const completion = ownValue(row, columns.completion);
  if (Array.isArray(completion)) return 'completion is a list';
  const rejected = columns.rejected === null ? null : ownValue(row, columns.rejected);
  const texts = { completion: textOf(completion), rejected: textOf(rejected) };
  if (isBlank(texts.completion)) return 'empty completion';
  if (columns.rejected !== null && isBlank(texts.rejected)) return 'empty rejected completion';
  if (texts.completion === texts.rejected) return 'chosen and rejected are the same';
  const ownSystem = columns.system === null ? null : textOf(ownValue(row, columns.system));
  return {
    system: (isBlank(ownSystem) ? null : ownSystem) ?? asked.system ?? system,
    prompt: asked.prompt,
    completion: texts.completion!,
    rejected: texts.rejected,
  };
}

/** Of messages: a system message and what the user says, as runs write prompts that were given a system message. */
function promptOf(
  value: JsonValue | undefined,
): { readonly system: string | null; readonly prompt: string } | Flaw {
  if (Array.isArray(value)) {
    const messages = value as readonly JsonValue[];
    const system = messages.length === 2 ? contentOf(messages[0], ['system', 'developer']) : null;
    const prompt = contentOf(messages.at(-1), ['user']);
    const isKnown = prompt !== null && (messages.length === 1 || system !== null);
    return isKnown ? { system, prompt } : 'prompt is no text';
  }
  if (isJsonObject(value) && !JSON.isRawJSON(value)) return 'prompt is no text';
  const prompt = textOf(value);
  return isBlank(prompt) ? 'no prompt' : { system: null, prompt: prompt! };
}

function contentOf(message: JsonValue | undefined, roles: readonly string[]): string | null {
  if (!isJsonObject(message) || !roles.includes(String(message.role))) return null;
  return typeof message.content === 'string' ? message.content : null;
}

/** What is no text is written as JSON. */
function textOf(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}

/** Columns may be called as what every object has, such as `constructor`. */
function ownValue(row: JsonObject, column: string): JsonValue | undefined {
  return Object.hasOwn(row, column) ? row[column] : undefined;
}
