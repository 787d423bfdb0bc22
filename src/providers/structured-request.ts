import { CallError } from '../core/call-error.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import type { Message } from '../core/message.ts';
import type { GenerateRequest } from '../core/model.ts';
import { looserLevel, type NamedSchema, type StructuredLevel } from '../core/structured-output.ts';
import { keepText } from './formats/json-body.ts';
import type { Provider } from './provider.ts';
import type { ProviderDescription } from './provider-description.ts';

/** What of structured output an API can be told. */
export type StructuredRules = NonNullable<ProviderDescription['structured']>;

/** Which of a provider's properties say how it is told a schema. */
type SchemaTaker = Pick<Provider, 'schemaFields'> & {
  readonly description: Pick<ProviderDescription, 'structured' | 'messages'>;
};

/** The level at which a provider is asked that is meant to be asked at one: it, or the next lower one that it has. */
export function levelAt(
  rules: StructuredRules | undefined,
  wanted: StructuredLevel = 'json_schema',
): StructuredLevel {
  return rules?.levels.find((level) => looserLevel(level, wanted) === level) ?? 'prompt';
}

/** The level below; undefined below the last. */
export function levelBelow(
  rules: StructuredRules | undefined,
  level: StructuredLevel,
): StructuredLevel | undefined {
  return rules?.levels[rules.levels.indexOf(level) + 1];
}

/** Which of a user's parameters say what a schema says; undefined if none does. */
export function schemaParameter(
  rules: StructuredRules | undefined,
  parameters: JsonObject,
): string | undefined {
  return rules?.parameters.find((path) => isIn(parameters, path));
}

function isIn(parameters: JsonObject, path: string): boolean {
  const dot = path.indexOf('.');
  const first = dot < 0 ? path : path.slice(0, dot);
  const value = Object.hasOwn(parameters, first) ? parameters[first] : undefined;
  if (dot < 0) return value !== undefined;
  return isJsonObject(value) && Object.hasOwn(value, path.slice(dot + 1));
}

/** A request that asks for a schema at a level, as one that says it in its parameters and its messages. */
export class StructuredRequests {
  readonly #provider: SchemaTaker;
  readonly #modelId: string;
  /** Rows share their schema. */
  readonly #written = new WeakMap<NamedSchema, Map<StructuredLevel, WrittenSchema>>();

  constructor(provider: SchemaTaker, modelId: string) {
    this.#provider = provider;
    this.#modelId = modelId;
  }

  /**
   * Writes the schema into a request.
   *
   * @throws CallError `bad_request` where a parameter of the user's says the same.
   */
  at(level: StructuredLevel, request: GenerateRequest): GenerateRequest {
    const { schema, parameters, messages, mode } = request;
    if (schema === undefined) return request;
    const { structured, messages: rules } = this.#provider.description;
    const own = schemaParameter(structured, parameters);
    if (own !== undefined) throw saidTwice(own);
    const { fields, words } = this.#writtenAt(level, schema);
    const isOneText = mode === 'completion' || rules?.onlyOneText === true;
    return {
      ...request,
      parameters: merged(parameters, fields),
      messages: words === null ? messages : withWords(messages, words, isOneText),
    };
  }

  #writtenAt(level: StructuredLevel, schema: NamedSchema): WrittenSchema {
    const levels = this.#written.get(schema) ?? new Map<StructuredLevel, WrittenSchema>();
    this.#written.set(schema, levels);
    const known = levels.get(level);
    if (known !== undefined) return known;
    const { schemaFields } = this.#provider;
    const written = {
      fields:
        level === 'prompt' ? {} : (schemaFields?.parameters(schema, level, this.#modelId) ?? {}),
      words: level === 'json_schema' ? null : inWords(schema),
    };
    for (const field of Object.values(written.fields)) if (isJsonObject(field)) keepText(field);
    levels.set(level, written);
    return written;
  }
}

/** A schema as it is told at a level: in parameters, and in words where the server is not told the schema. */
interface WrittenSchema {
  readonly fields: JsonObject;
  readonly words: string | null;
}

function inWords({ schema }: NamedSchema): string {
  return `Answer with one JSON object and nothing else. It follows this JSON Schema:\n${JSON.stringify(schema)}`;
}

/** Puts the words where instructions stand: behind those that are there, in front of all else. */
function withWords(
  messages: readonly Message[],
  words: string,
  isOneText: boolean,
): readonly Message[] {
  const [first, ...others] = messages;
  if (isOneText && first !== undefined) {
    return [{ ...first, content: `${words}\n\n${first.content as string}` }, ...others];
  }
  if (first?.role !== 'system' && first?.role !== 'developer') {
    return [{ role: 'system', content: words }, ...messages];
  }
  return [instructed(first, words), ...others];
}

/** Some servers take one message of the system's, so that it gets the words. */
function instructed(message: Message, words: string): Message {
  const { content } = message;
  const parts: JsonValue | undefined = message.parts;
  if (typeof content === 'string') return { ...message, content: `${content}\n\n${words}` };
  if (Array.isArray(content)) return { ...message, content: [...content, words] };
  return { ...message, parts: [...(Array.isArray(parts) ? parts : []), words] };
}

function merged(parameters: JsonObject, fields: JsonObject): JsonObject {
  const all: Record<string, JsonValue> = { ...parameters };
  for (const name of Object.keys(fields)) {
    const field = fields[name]!;
    const own = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (own === undefined) all[name] = field;
    else if (isJsonObject(own) && isJsonObject(field)) all[name] = { ...own, ...field };
    else throw saidTwice(name);
  }
  return all;
}

function saidTwice(name: string): CallError {
  const message = `The parameter \`${name}\` cannot be set where the answer has a schema: tutti writes it`;
  return new CallError('bad_request', message, {
    hint: 'Remove it from `parameters`, or ask without a schema.',
  });
}
