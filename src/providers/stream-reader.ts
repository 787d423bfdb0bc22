import { isJsonObject, type JsonObject } from '../core/json.ts';
import { isNestedTooDeeply } from '../core/json-depth.ts';
import { plainLine } from '../core/plain-text.ts';
import { RARE_USAGE, UNKNOWN_USAGE, type Usage } from '../core/usage.ts';
import { parseAnswerJson } from './answer-json.ts';
import {
  type FailureContext,
  type FailureContextSource,
  failedByVendor,
  failure,
  parsedOrUndefined,
} from './errors/failed-answer.ts';
import { errorInBody, looseError } from './errors/vendor-error.ts';
import { readEventExactly } from './exact-inputs.ts';
import type { AnswerFormat, CallFacts, ReadAnswer, ReadEvent } from './provider.ts';
import { StreamedChoices } from './streamed-choices.ts';
import { EventStream } from './transport/event-stream.ts';
import type { TextReader } from './transport/text-encoding.ts';

/** What is kept of lines between events that are no part of them. */
const STRAY_LIMIT_CHARACTERS = 64 * 1024;
const QUOTED_CHARACTERS = 200;

/** What a stream reader is made with. */
export interface StreamReaderOptions {
  /** Receives the text of the first choice, piece by piece. */
  readonly onText: (text: string) => void;
  readonly context: FailureContextSource;
  /** How the bytes are read; default UTF-8. */
  readonly decoder?: TextReader | undefined;
  /** Receives each event as it was written, where the whole body is to be kept. */
  readonly onEvent?: ((data: string) => void) | undefined;
}

/**
 * Reads a streamed answer while it arrives: hands on the text of its first choice, gathers the rest,
 * and knows at the end whether it was complete. What comes behind `[DONE]` is not read.
 */
export class StreamReader {
  readonly #format: AnswerFormat;
  readonly #options: StreamReaderOptions;
  readonly #events: EventStream;
  readonly #choices: StreamedChoices;
  #stray: string[] = [];
  #strayCharacters = 0;
  #eventCount = 0;
  /** Events that have brought something of the answer. */
  #pieces = 0;
  #isDone = false;
  #usage: Usage = UNKNOWN_USAGE;
  #facts: CallFacts = {};

  constructor(format: AnswerFormat, options: StreamReaderOptions) {
    this.#format = format;
    this.#options = options;
    this.#choices = new StreamedChoices(options.onText);
    this.#events = new EventStream(
      format.streamFormat,
      (data, name) => {
        if (!this.#isDone) this.#take(data, name);
      },
      (line) => this.#keep(line),
      options.decoder,
    );
  }

  /** The text of the first choice so far. */
  get partialText(): string {
    return this.#choices.firstText;
  }

  /** True once the server has said that nothing more comes. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** True once the answer has come to its end, whatever may follow it. */
  get isWhole(): boolean {
    const { finishReason = null, blocked = null } = this.#facts;
    return (this.#isDone && this.#stray.length === 0) || finishReason !== null || blocked !== null;
  }

  /**
   * @returns true where they bring something of the answer.
   * @throws CallError for an error event, and for an event that is not JSON.
   */
  push(bytes: Buffer): boolean {
    const before = this.#pieces;
    if (!this.#isDone) this.#events.push(bytes);
    return this.#pieces > before;
  }

  /**
   * Ends the reading.
   *
   * @returns the answer, or the text of a body that was no stream.
   * @throws CallError `stream_incomplete` when neither a finish reason nor `[DONE]` had come.
   */
  end(): ReadAnswer | string {
    if (!this.#isDone) this.#events.end();
    if (this.#eventCount === 0) return this.#stray.join('\n');
    if (!this.isWhole) throw this.#incomplete();
    const { finishReason = null, model = null, id = null, ...facts } = this.#facts;
    const found = this.#choices.end(facts.finishWord ?? finishReason, finishReason);
    return { ...facts, ...found, finishReason, model, id, usage: this.#usage };
  }

  #incomplete(): Error {
    const stray = this.#stray.join('\n');
    const error = errorInBody(parsedOrUndefined(stray));
    if (error !== undefined) return failedByVendor(error, this.#here());
    const context = this.#here();
    const said = plainLine(context.redact(stray), QUOTED_CHARACTERS);
    const why = said === '' ? '' : `: ${said}`;
    return failure('stream_incomplete', `the stream ended without a finish reason${why}`, context);
  }

  /** Before the first event all lines are kept: the body may be no stream, and they are all of it. */
  #keep(line: string): void {
    if (this.#isDone || (this.#eventCount > 0 && line.trim() === '')) return;
    if (this.#eventCount > 0 && this.#strayCharacters > STRAY_LIMIT_CHARACTERS) return;
    this.#stray.push(line);
    this.#strayCharacters += line.length;
  }

  #take(data: string, name: string): void {
    const word = data.trim();
    if (word === '') return;
    if (word === '[DONE]') {
      this.#isDone = true;
      return;
    }
    this.#options.onEvent?.(data);
    const event = this.#parse(data, name);
    if (event === undefined) return;
    if (this.#eventCount++ === 0) this.#stray = [];
    const error = errorInBody(event) ?? (name === 'error' ? event : undefined);
    if (error !== undefined) this.#fail(error);
    else if (isJsonObject(event)) this.#read(event, data);
  }

  /** An event that is no JSON is a word of the server's: an error if it is called so, else kept like a stray line. */
  #parse(data: string, name: string): unknown {
    try {
      if (isNestedTooDeeply(data)) throw new SyntaxError('nested too deeply');
      return parseAnswerJson(data);
    } catch {
      if (name === 'error') throw failedByVendor(data, this.#here());
      if (this.#isSafe) return undefined;
      if (/^\s*[{[]/.test(data)) {
        throw failure('response_not_json', 'an event of the stream is not JSON', this.#here());
      }
      this.#keep(data);
      return undefined;
    }
  }

  #read(event: JsonObject, data: string): void {
    const read = readEventExactly(this.#format, event, data);
    if (read.error) {
      this.#fail(read.error);
      return;
    }
    if (saysNothing(read)) {
      const error = looseError(event);
      if (error !== undefined) this.#fail(error);
    }
    if (bringsSomething(read)) this.#pieces++;
    this.#choices.add(read);
    this.#facts = newerFacts(this.#facts, read);
    if (read.usage !== undefined) this.#usage = newerUsage(this.#usage, read.usage);
  }

  /** True once there is a whole answer that nothing which comes behind it can undo, be it an error or half an event. */
  get #isSafe(): boolean {
    return this.isWhole && this.#choices.count === 1 && this.#facts.finishReason !== 'error';
  }

  #fail(error: unknown): void {
    if (this.#isSafe) return;
    throw failedByVendor(error, this.#here());
  }

  #here(): FailureContext {
    return this.#options.context(this.partialText);
  }
}

function saysNothing({
  deltas = [],
  texts = [],
  finishReason,
  usage,
  choices,
}: ReadEvent): boolean {
  return (
    deltas.length === 0 &&
    texts.length === 0 &&
    choices === undefined &&
    usage === undefined &&
    (finishReason ?? null) === null
  );
}

/** True for an event with a part of the answer, or its end. */
function bringsSomething({ deltas = [], texts = [], choices, finishReason }: ReadEvent): boolean {
  return (
    deltas.some(({ text, parts }) => text !== '' || parts !== undefined) ||
    texts.length > 0 ||
    choices !== undefined ||
    (finishReason ?? null) !== null
  );
}

function newerFacts(before: CallFacts, now: ReadEvent): CallFacts {
  return {
    finishReason: now.finishReason ?? before.finishReason ?? null,
    finishWord: now.finishWord ?? before.finishWord ?? null,
    model: now.model ?? before.model ?? null,
    id: now.id ?? before.id ?? null,
    blocked: now.blocked ?? before.blocked ?? null,
    serviceTier: now.serviceTier ?? before.serviceTier ?? null,
    chargedUsd: now.chargedUsd ?? before.chargedUsd ?? null,
    ...((now.notText ?? before.notText) && { notText: now.notText ?? before.notText! }),
  };
}

function newerUsage(before: Usage, now: Usage): Usage {
  // Counts only grow: a later event that leaves out what was read from a cache must not lower the input.
  const newer = {
    input: Math.max(now.input ?? 0, before.input ?? 0) || (now.input ?? before.input),
    cached: now.cached ?? before.cached,
    output: now.output ?? before.output,
    reasoning: now.reasoning ?? before.reasoning,
  };
  const rare = RARE_USAGE.filter((name) => (now[name] ?? before[name]) !== undefined);
  if (rare.length === 0) return newer;
  return {
    ...newer,
    ...Object.fromEntries(rare.map((name) => [name, now[name] ?? before[name]])),
  };
}
