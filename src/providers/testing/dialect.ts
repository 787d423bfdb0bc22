/**
 * How a test speaks a provider's protocol as a server. The suite knows what its answers say, streamed or not: the model
 * `m-1-2026-01-01`, 12 tokens in and 8 out. `CHAT_DIALECT` does so; another protocol replaces what it has otherwise.
 */
export interface Dialect {
  /** Path that a request for the model `m-1` must have. */
  readonly path: string;
  /** Where a streamed one has another. */
  readonly streamPath?: string;
  /** The header that carries the key, in lower case. */
  readonly keyHeader: string;
  readonly contentType: string;
  /** The body of a good answer. */
  answer(texts: readonly string[], finish?: 'stop' | 'length'): Record<string, unknown>;
  /** The pieces of a good streamed answer; without its end if `finished` is false. */
  stream(deltas: readonly string[], finished?: boolean): string[];
  /** One piece that reports an error in mid-stream. */
  errorPiece(code: string, message: string): string;
  /** Where a body keeps the user's parameters. */
  parametersOf(body: Record<string, unknown>): Record<string, unknown>;
  /** The texts of a body's messages, the system's first; parts of a text are one (`contentText`). */
  textsOf(body: Record<string, unknown>): string[];
  /** A body of an error, with this word as its code. */
  error(code: string, message: string): unknown;
  readonly choices?: string;
  /** True for a protocol that answers a text with a text: no history, streams, usage or finish reasons. */
  readonly isPlain?: boolean;
}

/** Writes an event of a stream. */
export const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;

/** Writes an event of a stream that names its type. */
export const namedEvent = (data: {
  readonly type: string;
  readonly [key: string]: unknown;
}): string => `event: ${data.type}\n${event(data)}`;

/** The text of a content: a string, or parts. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  return (content as { text: string }[]).map((part) => part.text).join('');
}

/** The texts of a list of messages. */
export function messageTexts(messages: unknown): string[] {
  return (messages as { content: unknown }[]).map(({ content }) => contentText(content));
}
