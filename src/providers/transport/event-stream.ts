import { StringDecoder } from 'node:string_decoder';
import type { TextReader } from './text-encoding.ts';

/** How a streamed answer separates its pieces: server-sent events, or one JSON value a line. */
export type StreamFormat = 'events' | 'lines';

const BYTE_ORDER_MARK = '\uFEFF';
/** A comment, or a field that says nothing of the answer. */
const OTHER_FIELD = /^(id|retry)?:/;

/** Receives the data of an event; `name` is that of the event, empty for most. */
export type EventListener = (data: string, name: string) => void;

/** Whether one value has ended and another begins: no line of a JSON text can end so with the next one beginning so. */
function isNextValue(before: string, line: string): boolean {
  const begins = line.charCodeAt(0);
  return (begins === OPENING_BRACE || begins === OPENING_BRACKET) && /\}\s*$/.test(before);
}

const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;

/**
 * Cuts the bytes of a streamed answer into the data of its events. Comments and other fields of server-sent events are
 * skipped; an event that the end of the stream cuts short of its empty line still counts, and so do values that stand
 * one line apart. A field named `error` is an event of that name. What is no field at all is a stray line: some servers
 * put a bare error there.
 */
export class EventStream {
  readonly #format: StreamFormat;
  readonly #onData: EventListener;
  readonly #onStray: (line: string) => void;
  readonly #decoder: TextReader;
  #begun = false;
  #line = '';
  #name = '';
  #data: string[] = [];

  constructor(
    format: StreamFormat,
    onData: EventListener,
    onStray: (line: string) => void = () => {},
    decoder: TextReader = new StringDecoder('utf8'),
  ) {
    this.#format = format;
    this.#onData = onData;
    this.#onStray = onStray;
    this.#decoder = decoder;
  }

  push(bytes: Buffer): void {
    const text = this.#withoutMark(this.#decoder.write(bytes));
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      const line = this.#line + text.slice(start, end);
      this.#line = '';
      start = end + 1;
      this.#takeLines(line.endsWith('\r') ? line.slice(0, -1) : line);
    }
    this.#line += text.slice(start);
  }

  end(): void {
    if (this.#line !== '') this.#takeLines(this.#line);
    this.#line = '';
    this.#dispatch();
  }

  #withoutMark(text: string): string {
    if (this.#begun || text === '') return text;
    this.#begun = true;
    return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  }

  /** A carriage return alone ends a line, too; no vendor does that, so it may wait for a line feed. */
  #takeLines(line: string): void {
    if (!line.includes('\r')) this.#take(line);
    else for (const part of line.split(/\r\n?/)) this.#take(part);
  }

  #take(line: string): void {
    if (this.#format === 'lines') {
      if (line.trim() !== '') this.#onData(line, '');
    } else if (line === '') {
      this.#dispatch();
    } else if (line.startsWith('data:')) {
      this.#addData(line.slice(line[5] === ' ' ? 6 : 5));
    } else if (line.startsWith('event:')) {
      this.#name = line.slice(6).trim();
    } else if (line.startsWith('error:')) {
      this.#dispatch();
      this.#onData(line.slice(6).trim(), 'error');
    } else if (!OTHER_FIELD.test(line)) {
      this.#onStray(line);
    }
  }

  #addData(text: string): void {
    const before = this.#data.at(-1);
    if (before !== undefined && isNextValue(before, text)) this.#dispatch();
    this.#data.push(text);
    // Not every server puts an empty line behind its last word, and some leave the connection open.
    if (text === '[DONE]') this.#dispatch();
  }

  #dispatch(): void {
    const name = this.#name;
    if (name !== '') this.#name = '';
    if (this.#data.length === 0) return;
    const data = this.#data.length === 1 ? this.#data[0]! : this.#data.join('\n');
    this.#data = [];
    this.#onData(data, name);
  }
}
