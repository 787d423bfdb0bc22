import type { JsonObject, JsonValue } from './json.ts';
import type { StructuredLevel } from './structured-output.ts';

/** A tool that a model called, in one form for all protocols. */
export interface ToolCall {
  readonly id?: string;
  /** The vendor's word for its kind; absent: a function of the caller's. */
  readonly type?: string;
  readonly name: string;
  /** Its input as text; JSON unless the model, or its limit, broke it. */
  readonly arguments: string;
  /** What it gave, where the server itself ran it. */
  readonly result?: JsonValue;
}

/** A source that an answer names: these keys where they came, and whatever else the vendor says of it. */
export type Citation = JsonObject & {
  readonly url?: string;
  readonly title?: string;
  /** The words that are cited. */
  readonly text?: string;
  /** Where in the answer it belongs, in characters. */
  readonly start?: number;
  readonly end?: number;
};

/** An image, a sound or a file in an answer: `data` in base64, or a `url`. */
export interface Media {
  readonly mimeType?: string;
  readonly data?: string;
  readonly url?: string;
  /** The words of a sound. */
  readonly transcript?: string;
}

/** What a choice of an answer has besides its text; each only where it came. */
export interface AnswerChoice {
  /** The call that it answers, where a row has several. */
  readonly call?: string;
  readonly finishReason: string | null;
  /** The vendor's own word for it, where it is another. */
  readonly rawFinishReason?: string;
  /** What the model thought aloud. */
  readonly reasoning?: string;
  readonly toolCalls?: readonly ToolCall[];
  /** One `{token, logprob, …}` for each token, with `top_logprobs` where they were asked for. */
  readonly logprobs?: readonly JsonValue[];
  readonly citations?: readonly Citation[];
  /** The words with which the model refused; they are its text, too. */
  readonly refusal?: string;
  readonly media?: readonly Media[];
}

/** What most answers do not have; each only where it came. */
export interface AnswerDetails {
  /** One for each text, where there are several or one has more than its text. */
  readonly choices?: readonly AnswerChoice[];
  /** The vendor's own word for why the first choice ended, where it is another. */
  readonly rawFinishReason?: string;
  /** Choices that were asked for and did not come; at least 1. */
  readonly choicesMissing?: number;
  /** The tier on which it was answered, where it is not the usual one: `flex`, `priority`, `batch`. */
  readonly serviceTier?: string;
  /** What a consortium came to, without the texts of its members. */
  readonly consortium?: JsonObject;
  /** How it was bound to the schema that was asked for; absent where none was. */
  readonly structured?: StructuredLevel;
  /** What the judges of a panel said of its models' answers. */
  readonly preference?: JsonObject;
  /** What was strange about the answer, in words. */
  readonly notes?: readonly string[];
  /** The whole body, where it was to be kept; of a stream, the list of its events. */
  readonly raw?: JsonValue;
}

/** What is told of several consortiums: of the first in which something was amiss, else of the last; undefined of none. */
export function toldConsortium(
  details: readonly (AnswerDetails | undefined)[],
): JsonObject | undefined {
  const all = details.map((one) => one?.consortium).filter((one) => one !== undefined);
  return all.find(({ status }) => status !== 'complete') ?? all.at(-1);
}

/** What an answer of a consortium lacks, a sentence each; null for one that is complete, and for any other answer. */
export function degradationOf(details: AnswerDetails | undefined): readonly string[] | null {
  const { status, degraded } = details?.consortium ?? {};
  if (status !== 'degraded') return null;
  return Array.isArray(degraded) ? degraded.filter((one) => typeof one === 'string') : [];
}
