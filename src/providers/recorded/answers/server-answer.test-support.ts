import type { CallErrorCode } from '../../../core/error-catalogue.ts';
import type { Generation } from '../../../core/model.ts';

/** What a server was seen to send, in words of our own, and what is to be made of it. */
export interface ServerAnswer {
  readonly server: string;
  /** What is strange about it. */
  readonly about: string;
  /** The protocol that it is asked by; default `openai-compatible`. */
  readonly provider?: string;
  readonly contentType?: string;
  readonly body: string;
  /** What the caller gets; or the error, and words of the server's that it quotes. */
  readonly gives?: Partial<Generation>;
  readonly fails?: { readonly code: CallErrorCode; readonly says: string };
}

/** The last word of a stream. */
export const DONE = 'data: [DONE]\n\n';

/** An event of a stream. */
export const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;

/** A piece of a chat, in its first choice. */
export const piece = (delta: unknown, more: object = {}): string =>
  data({
    id: 'c-1',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: null, ...more }],
  });

/** The piece that ends a chat. */
export const end = (finish_reason = 'stop'): string => piece({}, { finish_reason });

/** A chat that is there whole. */
export const whole = (choice: object, more: object = {}): string =>
  JSON.stringify({ id: 'c-1', choices: [{ index: 0, finish_reason: 'stop', ...choice }], ...more });

/** What `BLUE` says. */
export const blue = { texts: ['Blue sky.'] };

/** The pieces of a short answer, without its end. */
export const BLUE: string =
  piece({ role: 'assistant', content: '' }) +
  piece({ content: 'Blue ' }) +
  piece({ content: 'sky.' });

/** A call of a tool. */
export const call = { name: 'get_weather', arguments: '{"city":"Oslo"}' };
