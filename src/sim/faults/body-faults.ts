import type { Exchange } from '../exchange/exchange.ts';
import { framesOf, sendBody, sendStream } from '../exchange/send-answer.ts';
import type { Fault } from './fault.ts';

/** Promises more bytes than it sends, then closes; a stream breaks off in the middle of a piece. */
export const truncated: Fault = {
  name: 'truncated',
  about: 'the body ends before its content-length says',
  respond(exchange) {
    const { response, reply } = exchange;
    const close = () => response.socket?.destroy();
    if (reply.asked.stream) {
      const { opening, pieces } = framesOf(exchange, reply);
      sendStream(exchange, opening, pieces.slice(0, Math.ceil(pieces.length / 2)), (stream) =>
        stream.write('{"cut', close),
      );
      return;
    }
    const body = answerBody(exchange);
    response.writeHead(200, {
      ...exchange.headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.write(body.slice(0, Math.floor(body.length / 2)), close);
  },
};

/** A page instead of an answer, as a proxy in between sends it. */
export const html: Fault = {
  name: 'html',
  about: 'status 200 with a web page',
  respond: (exchange) =>
    sendBody(
      exchange,
      200,
      '<!doctype html><title>Just a moment</title><h1>Please wait</h1>',
      'text/html; charset=utf-8',
    ),
};

/** Nothing instead of an answer. */
export const empty: Fault = {
  name: 'empty',
  about: 'status 200 with an empty body',
  respond: (exchange) => sendBody(exchange, 200, ''),
};

/** A list instead of an object. */
export const emptyList: Fault = {
  name: 'empty-list',
  about: 'status 200 with the body []',
  respond: (exchange) => sendBody(exchange, 200, '[]'),
};

/** An answer object that holds no answer. */
export const noChoice: Fault = {
  name: 'no-choice',
  about: 'status 200 and well formed, but without any answer in it',
  respond: (exchange) => {
    const { protocol } = exchange.route;
    sendBody(exchange, 200, JSON.stringify(protocol.withoutChoice(exchange.reply)));
  },
};

/** The whole answer as one body, streamed or not. */
export function answerBody({ route, reply }: Exchange): string {
  return JSON.stringify(route.protocol.whole(reply, route.address));
}
