import { isJsonObject, type JsonObject } from '../core/json.ts';
import { UNKNOWN_USAGE, type Usage } from '../core/usage.ts';
import {
  type FailureContext,
  type FailureContextSource,
  failedByVendor,
  failure,
  parsedOrUndefined,
} from './errors/failed-answer.ts';
import { errorInBody } from './errors/vendor-error.ts';
import type { AnswerFormat, ReadAnswer, ReadEvent } from './provider.ts';
import { EventStream } from './transport/event-stream.ts';

/** No API gives more; a larger number would only make a hole in the list of texts. */
const MOST_CHOICES = 1024;
/** What is kept of lines between events that are no part of them. */
const STRAY_LIMIT_CHARACTERS = 64 * 1024;

/**
 * Reads a streamed answer while it arrives: hands on the text of its first choice, gathers the rest,
 * and knows at the end whether it was complete.
 */
export class StreamReader {
  readonly #format: AnswerFormat;
  readonly #onText: (text: string) => void;
  readonly #context: FailureContextSource;
  readonly #events: EventStream;
  readonly #texts: string[] = [];
  #stray: string[] = [];
  #strayCharacters = 0;
  #eventCount = 0;
  #known: Omit<ReadAnswer, 'texts'> = {
    finishReason: null,
    model: null,
    usage: UNKNOWN_USAGE,
    id: null,
    blocked: null,
  };

  constructor(format: AnswerFormat, onText: (text: string) => void, context: FailureContextSource) {
    this.#format = format;
    this.#onText = onText;
    this.#context = context;
    this.#events = new EventStream(
      format.streamFormat,
      (data) => this.#take(data),
      (line) => this.#keep(line),
    );
  }

  /** The text of the first choice so far. */
  get partialText(): string {
    return this.#texts[0] ?? '';
  }

  /** @throws CallError for an error event, and for an event that is not JSON. */
  push(bytes: Buffer): void {
    this.#events.push(bytes);
  }

  /**
   * Ends the reading.
   *
   * @returns the answer, or the text of a body that was no stream.
   * @throws CallError `stream_incomplete` when no finish reason had come.
   */
  end(): ReadAnswer | string {
    this.#events.end();
    if (this.#eventCount === 0) return this.#stray.join('\n');
    if (this.#known.finishReason === null && !this.#known.blocked) {
      const error = errorInBody(parsedOrUndefined(this.#stray.join('\n')));
      if (error !== undefined) throw failedByVendor(error, this.#here());
      throw failure('stream_incomplete', 'the stream ended without a finish reason', this.#here());
    }
    return { ...this.#known, texts: Array.from(this.#texts, (text) => text ?? '') };
  }

  /** Before the first event all lines are kept: the body may be no stream, and they are all of it. */
  #keep(line: string): void {
    if (this.#eventCount > 0 && this.#strayCharacters > STRAY_LIMIT_CHARACTERS) return;
    this.#stray.push(line);
    this.#strayCharacters += line.length;
  }

  #take(data: string): void {
    const word = data.trim();
    if (word === '' || word === '[DONE]') return;
    const event = this.#parse(data);
    if (this.#eventCount++ === 0) this.#stray = [];
    const error = errorInBody(event);
    if (error !== undefined) throw failedByVendor(error, this.#here());
    if (!isJsonObject(event)) return;
    const read = this.#format.readEvent(event);
    if (read.error) throw failedByVendor(read.error, this.#here());
    this.#gather(read);
  }

  #parse(data: string): unknown {
    try {
      return JSON.parse(data) as JsonObject;
    } catch {
      throw failure('response_not_json', 'an event of the stream is not JSON', this.#here());
    }
  }

  #gather(read: ReadEvent): void {
    for (const { choice, text } of read.deltas ?? []) {
      if (choice >= MOST_CHOICES || (text === '' && this.#texts[choice] !== undefined)) continue;
      this.#texts[choice] = (this.#texts[choice] ?? '') + text;
      if (choice === 0 && text !== '') this.#onText(text);
    }
    this.#takeWhole(read.texts ?? []);
    const known = this.#known;
    this.#known = {
      finishReason: read.finishReason ?? known.finishReason,
      model: read.model ?? known.model,
      id: read.id ?? known.id,
      blocked: read.blocked ?? known.blocked ?? null,
      usage: read.usage === undefined ? known.usage : newer(known.usage, read.usage),
    };
  }

  /** Whole texts count where no delta of them came. */
  #takeWhole(texts: readonly string[]): void {
    for (const [choice, text] of texts.entries()) {
      if (this.#texts[choice]) continue;
      this.#texts[choice] = text;
      if (choice === 0 && text !== '') this.#onText(text);
    }
  }

  #here(): FailureContext {
    return this.#context(this.partialText);
  }
}

function newer(before: Usage, now: Usage): Usage {
  return {
    input: now.input ?? before.input,
    cached: now.cached ?? before.cached,
    output: now.output ?? before.output,
    reasoning: now.reasoning ?? before.reasoning,
  };
}
