import type { JsonObject } from '../core/json.ts';
import type { Message } from '../core/message.ts';
import type { Usage } from '../core/usage.ts';
import type { ProviderDescription } from './provider-description.ts';
import type { StreamFormat } from './transport/event-stream.ts';

/** Where a protocol wants the user's parameters, and which of them the user cannot set. */
export interface ParameterPlace {
  /** Name of the object in the body that takes them; null: the body itself. */
  readonly within: string | null;
  /** Parameters that stand in the body itself although the others go within. */
  readonly atRoot: readonly string[];
  /** True: `max_output_tokens` is written `maxOutputTokens`. */
  readonly camelCase: boolean;
  /** Keys that belong to tutti: model, messages, stream. */
  readonly reserved: readonly string[];
  /** Keys that are written as a default and that the user's parameter replaces. */
  readonly defaults: readonly string[];
}

/** An answer as its body says it; the only form in which shared code sees one. */
export interface ReadAnswer {
  /** One text for each choice, reasoning left out; empty when there is no choice. */
  readonly texts: readonly string[];
  readonly finishReason: string | null;
  readonly model: string | null;
  readonly usage: Usage;
  /** The id in the body, used when no header names one. */
  readonly id: string | null;
  /** Why the prompt or the answer was refused by a filter; null if it was not. */
  readonly blocked?: string | null;
  /** An error value that stands where only this protocol puts it. */
  readonly error?: unknown;
}

/**
 * One piece of a streamed answer: what it adds, and what it says anew. Absent: nothing said. A choice
 * exists from its first delta on, be its text empty.
 */
export interface ReadEvent {
  readonly deltas?: readonly { readonly choice: number; readonly text: string }[];
  /** The texts of all choices, where an event repeats them whole. */
  readonly texts?: readonly string[];
  readonly finishReason?: string | null;
  readonly model?: string | null;
  /** The usage so far; its numbers replace earlier ones. */
  readonly usage?: Usage;
  readonly id?: string | null;
  readonly blocked?: string | null;
  readonly error?: unknown;
}

/** Reads the bodies of one protocol. Neither function may throw, whatever the body is. */
export interface AnswerFormat {
  readonly streamFormat: StreamFormat;
  readAnswer(body: JsonObject): ReadAnswer;
  readEvent(event: JsonObject): ReadEvent;
}

/** What a provider needs to write requests to one model. */
export interface WriterSettings {
  readonly modelId: string;
  readonly mode: 'chat' | 'completion';
  /** As `Provider.baseUrl` completed it. */
  readonly baseUrl: string;
  /** Never empty; a stand-in when there is no key, whose header the transport removes. */
  readonly apiKey: string;
  readonly apiVersion: string | undefined;
  /** Takes each request that is written; it never answers. */
  readonly fetch: (url: string | URL | Request, init?: RequestInit) => Promise<never>;
}

/** Writes requests to one model: all that an SDK is asked for. */
export interface RequestWriter {
  /**
   * Writes one request and hands it to the settings' `fetch`; it rejects when that does.
   *
   * @param messages of plain text; other content is written over them by `nativeMessages`.
   */
  write(messages: readonly TextMessage[], stream: boolean): Promise<unknown>;
}

/** A message of plain text. */
export interface TextMessage {
  readonly role: Message['role'];
  readonly content: string;
}

/** One LLM protocol and vendor: the one shape of every folder here. */
export interface Provider {
  readonly description: Omit<ProviderDescription, 'severalChoices'>;
  /** Its name in the public price list; null if the list does not have it. */
  readonly priceListId: string | null;
  /** The header that carries the key, in lower case. */
  readonly keyHeader: string;
  readonly parameters: ParameterPlace;
  /** The parameter that asks for several choices in one request; null if there is none. */
  readonly choicesParameter: string | null;
  /** True when it has the older text-completion form. */
  readonly completionMode: boolean;
  /** Makes an address of what its variable may hold besides one; absent: only addresses. */
  readAddress?(text: string): string;
  /** Completes a user's address. */
  baseUrl(url: URL): string;
  /** Makes the writer of one model's requests. */
  writer(settings: WriterSettings): RequestWriter;
  /** The body's own form of messages, for content that is not plain text. */
  nativeMessages(messages: readonly Message[]): JsonObject;
  /** What a safety filter word means in the body; absent where the API has no such thing. */
  safetyFields?(filter: string): JsonObject;
  /** How its answers are read. */
  format(mode: 'chat' | 'completion'): AnswerFormat;
}
