import { parseBytes } from '../texts/byte-size.ts';
import { answerBody } from './body-faults.ts';
import type { Fault } from './fault.ts';

/** Shortest pause between two writes; faster rates send more bytes at a time. */
const MIN_PAUSE_MS = 20;

/** The right answer, but a few bytes a second. */
export const drip: Fault = {
  name: 'drip',
  about: 'the answer comes a few bytes a second',
  argument: {
    about: 'bytes per second, such as 1B/s',
    default: '1B/s',
    accepts: (text) => (bytesPerSecond(text) ?? 0) > 0,
  },
  respond(exchange, argument) {
    const { response, clock } = exchange;
    const body = Buffer.from(answerBody(exchange));
    const rate = bytesPerSecond(argument) ?? 1;
    const pauseMs = Math.max(MIN_PAUSE_MS, 1000 / rate);
    const step = Math.max(1, Math.round((rate * pauseMs) / 1000));
    response.writeHead(200, {
      ...exchange.headers,
      'content-type': 'application/json',
      'content-length': body.length,
    });
    response.flushHeaders();
    let cancel = () => {};
    response.once('close', () => cancel());
    const sendFrom = (start: number) => {
      if (response.destroyed) return;
      if (start + step >= body.length) {
        exchange.answered();
        response.end(body.subarray(start));
        return;
      }
      response.write(body.subarray(start, start + step));
      cancel = clock.after(pauseMs, () => sendFrom(start + step));
    };
    cancel = clock.after(pauseMs, () => sendFrom(0));
  },
};

function bytesPerSecond(text: string): number | undefined {
  return text.endsWith('/s') ? parseBytes(text.slice(0, -2)) : undefined;
}
