import type { IncomingHttpHeaders } from 'node:http';
import type { AnswerChoice } from '../core/answer-details.ts';
import type { Clock } from '../core/clock.ts';
import type { FileStore } from '../core/file-store.ts';
import type { JsonObject } from '../core/json.ts';
import type { GenerateRequest, RequestMode } from '../core/model.ts';
import type { Usage } from '../core/usage.ts';
import type { OpenAccount } from './account.ts';
import type { ChoiceParts } from './choice-parts.ts';
import type { EndpointSettings } from './endpoint-settings.ts';
import type { MediaPlaces } from './formats/media-places.ts';
import type { ProviderDescription } from './provider-description.ts';
import type { SchemaFields } from './schema-fields.ts';
import type { GivenAddress } from './transport/base-url.ts';
import type { StreamFormat } from './transport/event-stream.ts';

/** What an answer, or an event of a stream, says of the call as a whole. Absent: nothing said. */
export interface CallFacts {
  readonly finishReason?: string | null;
  /** The vendor's own word for it. */
  readonly finishWord?: string | null;
  readonly model?: string | null;
  /** The id in the body, used when no header names one. */
  readonly id?: string | null;
  /** Why the prompt or the answer was refused by a filter. */
  readonly blocked?: string | null;
  /** The tier on which it was answered. */
  readonly serviceTier?: string | null;
  /** What the server says that it charged, in US dollars. */
  readonly chargedUsd?: number | null;
  /** An error value that stands where only this protocol puts it. */
  readonly error?: unknown;
  /** What stands where a text belongs and is none, in words: `a number`. */
  readonly notText?: string;
}

/** An answer as its body says it; the only form in which shared code sees one. */
export interface ReadAnswer extends CallFacts {
  /** One text for each choice, reasoning left out; empty when there is no choice. */
  readonly texts: readonly string[];
  readonly finishReason: string | null;
  readonly model: string | null;
  readonly usage: Usage;
  readonly id: string | null;
  /** One for each text; absent where there is one choice that has nothing but its text. */
  readonly choices?: readonly AnswerChoice[] | undefined;
}

/** What one piece of a stream adds to a choice. */
export interface ReadDelta {
  readonly choice: number;
  readonly text: string;
  readonly parts?: ChoiceParts | undefined;
}

/**
 * One piece of a streamed answer: what it adds, and what it says anew. Absent: nothing said. A choice
 * exists from its first delta on, be its text empty.
 */
export interface ReadEvent extends CallFacts {
  readonly deltas?: readonly ReadDelta[];
  /** The texts of all choices, where an event repeats them whole. */
  readonly texts?: readonly string[];
  /** The choices whole, where an event repeats them: those count of which no part came. */
  readonly choices?: readonly AnswerChoice[] | undefined;
  /** The usage so far; its numbers replace earlier ones. */
  readonly usage?: Usage;
  /** True for an event about a part of the answer of which nothing is read here: it is on its way all the same. */
  readonly isOnItsWay?: boolean;
}

/** Reads the bodies of one protocol. Neither function may throw, whatever the body is. */
export interface AnswerFormat {
  readonly streamFormat: StreamFormat;
  readAnswer(body: JsonObject): ReadAnswer;
  readEvent(event: JsonObject): ReadEvent;
}

/** A model at an endpoint, as its requests are written to it; one for all its calls. */
export interface ModelAddress {
  readonly id: string;
  /** The path of the base URL, without a slash at its end; empty if it has none. */
  readonly basePath: string;
  /** All headers: the key, the provider's own, the user's. */
  readonly headers: Readonly<Record<string, string>>;
  /** Azure's `api-version`. */
  readonly apiVersion: string | undefined;
  /** What is billed, where the vendor asks for it in the path. */
  readonly project?: string | undefined;
  /** Where in the world it is asked. */
  readonly location?: string | undefined;
}

/** What is written into a request. */
export interface RequestToWrite extends GenerateRequest {
  /** `completion` only where `Provider.completionMode` is true, `embedding` only where the description has it. */
  readonly mode: RequestMode;
  readonly stream: boolean;
  /** False: a stream is not asked for its usage, because the server does not know that. */
  readonly streamOptions: boolean;
  /** Where the bytes of its media are. */
  readonly media: MediaPlaces;
}

/** A request as it is sent. */
export interface WrittenRequest {
  /** With its query; escaped. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/** How the files of an account are asked for: by the endpoint's connections, headers and rules. */
export interface FileHttp {
  /** Of the endpoint, such as `https://example.com`. */
  readonly origin: string;
  /** The path of the base URL, without a slash at its end. */
  readonly basePath: string;
  readonly clock: Clock;
  /** Sends one request. @throws CallError what the server said, unless its status is one of `passed`. */
  send(request: FileRequest): Promise<FileReply>;
}

/** One request about files. */
export interface FileRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With its query; escaped. */
  readonly path: string;
  /** Besides those of the endpoint. */
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or the bytes of a file with their number. */
  readonly body?: string | { readonly size: number; readonly chunks: AsyncIterable<Buffer> };
  /** Statuses that are no errors besides those below 300; default none. */
  readonly passed?: readonly number[];
}

/** What a server answered about files. */
export interface FileReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Empty where the body is no JSON object. */
  readonly body: JsonObject;
}

/** One LLM protocol and vendor: the one shape of every folder here. */
export interface Provider {
  readonly description: Omit<ProviderDescription, 'severalChoices' | 'completionMode'>;
  /** Its name in the public price list; null if the list does not have it. */
  readonly priceListId: string | null;
  /**
   * What a tier of service costs, as a part of the listed price, by the name that answers have for it; a name that is
   * not here has no known price. Absent: answers name no tier that changes the price.
   */
  readonly tierFactors?: Readonly<Record<string, number>>;
  /** The header that carries the key, in lower case, and the word before the key; null if there is none. */
  readonly key: { readonly header: string; readonly scheme: string | null };
  /** Headers that it wants besides the key and the content's type, in lower case; absent: none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The parameter that asks for several choices in one request; null if there is none. */
  readonly choicesParameter: string | null;
  /** True when it has the older text-completion form. */
  readonly completionMode: boolean;
  /** How it is told a schema; absent: by words in the prompt alone. */
  readonly schemaFields?: SchemaFields;
  /** Makes an address of what its variable may hold besides one, and of the settings; absent: only addresses. */
  readAddress?(text: string, settings: Pick<EndpointSettings, 'location'>): string;
  /** Opens the account that asks by tokens; absent: only keys. */
  readonly openAccount?: OpenAccount;
  /** Completes a user's address. */
  baseUrl(address: GivenAddress): string;
  /**
   * Writes one request: messages exactly as they are, but for what the protocol has no other place for.
   *
   * @param request its messages are none that `description.messages` rules out.
   * @throws CallError `bad_request` for a parameter that is not the user's to set.
   */
  writeRequest(model: ModelAddress, request: RequestToWrite): WrittenRequest;
  /** Opens the files that the vendor keeps for an account; absent: it keeps none, or none that requests can name. */
  openFiles?(http: FileHttp): FileStore;
  /** How its answers are read. */
  format(mode: RequestMode): AnswerFormat;
}
