import type { JsonObject } from '../../core/json.ts';
import type { AskedFormat } from './asked-format.ts';

/** The wire protocols that are spoken. */
export type ProtocolName =
  | 'openai-chat'
  | 'openai-completion'
  | 'openai-responses'
  | 'anthropic'
  | 'gemini'
  | 'ollama'
  | 'openai-embeddings'
  | 'gemini-embeddings'
  | 'ollama-embeddings';

/** One message of a conversation, whatever the protocol. */
export interface AskedMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

/** What a request asks, whatever the protocol. */
export interface Asked {
  readonly protocol: ProtocolName;
  readonly model: string;
  readonly messages: readonly AskedMessage[];
  /** Text of the last user message; empty if there is none. */
  readonly prompt: string;
  /** How many answers are wanted, at least 1. */
  readonly choices: number;
  readonly stream: boolean;
  /** Whether a stream ends with a usage block (OpenAI's `stream_options.include_usage`). */
  readonly includeUsage: boolean;
  /** Most tokens of an answer; null if not limited. */
  readonly maxTokens: number | null;
  /** The form in which the answer is wanted; absent or null for any text. */
  readonly format?: AskedFormat | null;
  /** The seed that the request names; absent or null without one. */
  readonly seed?: string | null;
  /** Where vectors are asked for, one for each message: their dimensions (null: the usual), and whether they are packed. */
  readonly embeds?: { readonly dimensions: number | null; readonly asBase64: boolean };
}

/** One text of an answer and why it ended. */
export interface Choice {
  readonly text: string;
  readonly finish: 'stop' | 'length';
}

/** What a simulated model answers. */
export interface Reply {
  readonly asked: Asked;
  /** Letters and digits; each protocol puts its own prefix before it. */
  readonly id: string;
  readonly createdMs: number;
  /** The model that claims to answer; null leaves the field out. */
  readonly model: string | null;
  readonly choices: readonly Choice[];
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** A streamed answer in pieces as they go over the wire. */
export interface StreamFrames {
  /** Sent together with the first piece. */
  readonly opening: string;
  readonly pieces: readonly string[];
  /** Says how the answer ended; without it a stream is cut. */
  readonly finish: string;
  /** What comes after the finish, such as `[DONE]`. */
  readonly closing: string;
}

/** What the address of a request already says. */
export interface Address {
  readonly model: string | null;
  readonly stream: boolean | null;
  /** Gemini streams as a JSON list unless `alt=sse` is asked. */
  readonly serverSentEvents: boolean;
  /** True where several texts come in one request for embeddings; default false. */
  readonly isBatch?: boolean;
}

/** One wire protocol: reads requests and writes answers. */
export interface Protocol {
  readonly name: ProtocolName;
  /** @throws Refusal when the vendor would not take this body. */
  read(body: JsonObject, address: Address): Asked;
  /** The body of an answer in one piece. */
  whole(reply: Reply, address: Address): JsonObject;
  /** The body of a streamed answer. */
  frames(reply: Reply, address: Address): StreamFrames;
  streamContentType(address: Address): string;
  /** An error in the middle of a stream. */
  errorFrame(error: JsonObject): string;
  /** A well-formed body that holds no answer. */
  withoutChoice(reply: Reply): JsonObject;
}
