import { StringDecoder } from 'node:string_decoder';

/** How a streamed answer separates its pieces: server-sent events, or one JSON value a line. */
export type StreamFormat = 'events' | 'lines';

/**
 * Cuts the bytes of a streamed answer into the data of its events. Comments, event names and other
 * fields of server-sent events are skipped; an event that the end of the stream cuts short of its
 * empty line still counts.
 */
export class EventStream {
  readonly #format: StreamFormat;
  readonly #onData: (data: string) => void;
  readonly #decoder = new StringDecoder('utf8');
  #line = '';
  #data: string[] = [];

  constructor(format: StreamFormat, onData: (data: string) => void) {
    this.#format = format;
    this.#onData = onData;
  }

  push(bytes: Buffer): void {
    const text = this.#decoder.write(bytes);
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      const line = this.#line + text.slice(start, end);
      this.#line = '';
      start = end + 1;
      this.#take(line.endsWith('\r') ? line.slice(0, -1) : line);
    }
    this.#line += text.slice(start);
  }

  end(): void {
    if (this.#line !== '') this.#take(this.#line);
    this.#line = '';
    this.#dispatch();
  }

  #take(line: string): void {
    if (this.#format === 'lines') {
      if (line.trim() !== '') this.#onData(line);
    } else if (line === '') {
      this.#dispatch();
    } else if (line.startsWith('data:')) {
      this.#data.push(line.slice(line[5] === ' ' ? 6 : 5));
    }
  }

  #dispatch(): void {
    if (this.#data.length === 0) return;
    const data = this.#data.join('\n');
    this.#data = [];
    this.#onData(data);
  }
}
