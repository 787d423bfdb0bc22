import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { UNKNOWN_USAGE, type Usage } from '../../core/usage.ts';
import type { AnswerFormat, ReadAnswer } from '../provider.ts';
import { countOf, kindOf, objectOf, objectsOf, textOf } from './json-reading.ts';

/** What a body with embeddings says. */
export interface ReadEmbeddings {
  /** One list of numbers for each text, in their order. */
  readonly vectors: readonly (JsonValue | undefined)[];
  readonly model?: string | null;
  /** Tokens of the texts; null where the server did not say. */
  readonly inputTokens: number | null;
}

/** Makes the format of answers that are embeddings: each is a text, the JSON of a list of numbers. They are not streamed. */
export function embeddingFormat(read: (body: JsonObject) => ReadEmbeddings): AnswerFormat {
  return {
    streamFormat: 'events',
    readAnswer: (body) => answerOf(read(body)),
    readEvent: () => ({}),
  };
}

/** OpenAI's embeddings, and what those who copy it answer. */
export const EMBEDDINGS = embeddingFormat((body) => ({
  vectors: inOrder(objectsOf(body.data)).map(({ embedding }) => embedding),
  model: textOf(body.model),
  inputTokens: countOf(objectOf(body.usage).prompt_tokens),
}));

function inOrder(data: readonly JsonObject[]): readonly JsonObject[] {
  return data.toSorted((left, right) => (countOf(left.index) ?? 0) - (countOf(right.index) ?? 0));
}

function answerOf({ vectors, model = null, inputTokens }: ReadEmbeddings): ReadAnswer {
  const numbers = vectors.map(numbersOf);
  const wrong = numbers.indexOf(null);
  return {
    texts: numbers.map((vector) => (vector === null ? '' : JSON.stringify(vector))),
    finishReason: null,
    model,
    usage: usageOf(inputTokens),
    id: null,
    ...(wrong !== -1 && { notText: `embedding but ${kindOf(vectors[wrong])}` }),
  };
}

/** An embedding has no output, which costs nothing. */
function usageOf(inputTokens: number | null): Usage {
  return inputTokens === null ? UNKNOWN_USAGE : { ...UNKNOWN_USAGE, input: inputTokens, output: 0 };
}

/** A list of numbers, also where it is the bytes of 32-bit ones in base64; null if it is none. */
function numbersOf(value: JsonValue | undefined): readonly number[] | null {
  if (typeof value === 'string') return floatsIn(value);
  const isList = Array.isArray(value) && value.length > 0;
  return isList && value.every((one) => typeof one === 'number') ? (value as number[]) : null;
}

function floatsIn(base64: string): readonly number[] | null {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 0 || bytes.length % 4 !== 0) return null;
  const count = bytes.length / 4;
  const floats = Array.from({ length: count }, (_, index) => bytes.readFloatLE(index * 4));
  return floats.every(Number.isFinite) ? floats : null;
}

/** The vectors of a list: lists of numbers, or objects that hold one as their `values`. */
export function vectorsIn(value: JsonValue | undefined): readonly (JsonValue | undefined)[] {
  if (!Array.isArray(value)) return [];
  return value.map((one: JsonValue) => (isJsonObject(one) ? one.values : one));
}
