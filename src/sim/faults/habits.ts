import type { Exchange } from '../exchange/exchange.ts';
import {
  framesOf,
  sendAnswer,
  sendBody,
  sendRefusal,
  sendStream,
} from '../exchange/send-answer.ts';
import { Refusal } from '../vendors/refusal.ts';
import { answerBody } from './body-faults.ts';
import type { Fault } from './fault.ts';

/** Refuses what does not stream, as models do that know no other way. */
export const onlyStreams: Fault = {
  name: 'only-streams',
  about: 'status 400 to a request that does not ask for a stream',
  respond: (exchange) =>
    exchange.reply.asked.stream
      ? sendAnswer(exchange)
      : refuse(exchange, 'This model supports stream mode only.', 'stream'),
};

/** Refuses streams. */
export const noStreams: Fault = {
  name: 'no-streams',
  about: 'status 400 to a request that asks for a stream',
  respond: (exchange) =>
    exchange.reply.asked.stream
      ? refuse(exchange, 'Streaming is not supported with this model.', 'stream')
      : sendAnswer(exchange),
};

/** Does not know `stream_options`. */
export const noStreamOptions: Fault = {
  name: 'no-stream-options',
  about: 'status 400 to a request with stream_options',
  respond: (exchange) =>
    /"stream_options"/.test(exchange.text)
      ? refuse(exchange, "Unknown parameter: 'stream_options'.", 'stream_options')
      : sendAnswer(exchange),
};

/** Answers with nothing. */
export const blank: Fault = {
  name: 'blank',
  about: 'a well-formed answer whose text is empty',
  argument: {
    about: 'why it ended: stop, or length as when thoughts use up the limit',
    default: 'stop',
    accepts: (text) => text === 'stop' || text === 'length',
  },
  respond(exchange, argument) {
    const finish = argument === 'length' ? 'length' : 'stop';
    const choices = exchange.reply.choices.map(() => ({ text: '', finish }) as const);
    sendAnswer(exchange, { ...exchange.reply, choices });
  },
};

/** Gives one choice, however many were asked for. */
export const oneChoice: Fault = {
  name: 'one-choice',
  about: 'one choice, however many are asked for',
  respond: (exchange) =>
    sendAnswer(exchange, { ...exchange.reply, choices: exchange.reply.choices.slice(0, 1) }),
};

/** Ends a stream with its last line alone: no event says how the answer ended. */
export const noFinish: Fault = {
  name: 'no-finish',
  about:
    'a complete stream without its finish reason, but with its last line ([DONE], message_stop)',
  onlyStreams: true,
  respond(exchange) {
    const { opening, pieces, closing } = framesOf(exchange, exchange.reply);
    sendStream(exchange, opening, pieces, (stream) => {
      exchange.answered();
      stream.end(closing);
    });
  },
};

/** Reports an error in a field named `error`, as llama.cpp did. */
export const errorLine: Fault = {
  name: 'error-line',
  about: 'a stream that ends in a field `error:`',
  onlyStreams: true,
  respond(exchange) {
    const error = { code: 500, message: 'A simulated slot died.', type: 'server_error' };
    const { opening, pieces } = framesOf(exchange, exchange.reply);
    sendStream(exchange, opening, pieces.slice(0, 1), (stream) =>
      stream.end(`error: ${JSON.stringify(error)}\n\n`),
    );
  },
};

/** Puts comments before an answer, to keep the connection open. */
export const comments: Fault = {
  name: 'comments',
  about: 'comments of an event stream before a whole answer',
  respond(exchange) {
    if (exchange.reply.asked.stream) {
      sendAnswer(exchange);
      return;
    }
    const body = answerBody(exchange);
    exchange.answered();
    sendBody(exchange, 200, `: PROCESSING\n\n: PROCESSING\n\n${body}`);
  },
};

function refuse(exchange: Exchange, message: string, parameter: string): void {
  sendRefusal(exchange, new Refusal('bad_request', message, { parameter }), null);
}
