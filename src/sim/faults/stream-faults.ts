import type { Exchange } from '../exchange/exchange.ts';
import { errorFrameOf, framesOf, sendStream } from '../exchange/send-answer.ts';
import { Refusal } from '../vendors/refusal.ts';
import type { Fault } from './fault.ts';

/** Ends a stream in good order, but in the middle of the answer. */
export const streamCut: Fault = {
  name: 'stream-cut',
  about: 'a stream ends in the middle, without a finish reason',
  onlyStreams: true,
  respond: (exchange) => halfOfStream(exchange, () => ''),
};

/** Breaks a stream off with an error event. */
export const streamError: Fault = {
  name: 'stream-error',
  about: 'an error event in the middle of a stream',
  onlyStreams: true,
  respond: (exchange) =>
    halfOfStream(exchange, () => {
      const refusal = new Refusal('overloaded', 'Overloaded');
      return errorFrameOf(exchange, exchange.route.vendor.errorOf(refusal, null).body);
    }),
};

/** Leaves out what comes after the finish reason: a complete answer all the same. */
export const noDone: Fault = {
  name: 'no-done',
  about: 'a complete stream without its last line ([DONE], message_stop)',
  onlyStreams: true,
  respond(exchange) {
    const { opening, pieces, finish } = framesOf(exchange, exchange.reply);
    sendStream(exchange, opening, pieces, (stream) => {
      exchange.answered();
      stream.end(finish);
    });
  },
};

function halfOfStream(exchange: Exchange, last: () => string): void {
  const { opening, pieces } = framesOf(exchange, exchange.reply);
  const half = pieces.slice(0, Math.ceil(pieces.length / 2));
  sendStream(exchange, opening, half, (stream) => stream.end(last()));
}
