import { StringDecoder } from 'node:string_decoder';

/** How a streamed answer separates its pieces: server-sent events, or one JSON value a line. */
export type StreamFormat = 'events' | 'lines';

const BYTE_ORDER_MARK = '\uFEFF';
/** A comment, or a field that says nothing of the answer. */
const OTHER_FIELD = /^(event|id|retry)?:/;

/**
 * Cuts the bytes of a streamed answer into the data of its events. Comments, event names and other
 * fields of server-sent events are skipped; an event that the end of the stream cuts short of its
 * empty line still counts. What is no field at all is a stray line: some servers put a bare error there.
 */
export class EventStream {
  readonly #format: StreamFormat;
  readonly #onData: (data: string) => void;
  readonly #onStray: (line: string) => void;
  readonly #decoder = new StringDecoder('utf8');
  #begun = false;
  #line = '';
  #data: string[] = [];

  constructor(
    format: StreamFormat,
    onData: (data: string) => void,
    onStray: (line: string) => void = () => {},
  ) {
    this.#format = format;
    this.#onData = onData;
    this.#onStray = onStray;
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
      if (line.trim() !== '') this.#onData(line);
    } else if (line === '') {
      this.#dispatch();
    } else if (line.startsWith('data:')) {
      this.#data.push(line.slice(line[5] === ' ' ? 6 : 5));
    } else if (!OTHER_FIELD.test(line)) {
      this.#onStray(line);
    }
  }

  #dispatch(): void {
    if (this.#data.length === 0) return;
    const data = this.#data.join('\n');
    this.#data = [];
    this.#onData(data);
  }
}
