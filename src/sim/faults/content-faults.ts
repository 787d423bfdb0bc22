import { errorFrameOf, sendAnswer, sendBody, sendStream } from '../exchange/send-answer.ts';
import { Refusal, type RefusalKind, refusalOfStatus } from '../vendors/refusal.ts';
import type { Fault } from './fault.ts';

const KIND_OF_CODE: Readonly<Record<string, RefusalKind>> = {
  insufficient_quota: 'quota',
  rate_limit_exceeded: 'rate_limited',
  overloaded: 'overloaded',
};

/** A success that holds an error. */
export const okError: Fault = {
  name: 'ok-error',
  about: 'status 200 with an error inside; in a stream, an error as its first event',
  argument: {
    about: 'the code inside: a status such as 429, or a word such as insufficient_quota',
    default: '500',
    accepts: (text) => /^[\w-]{1,64}$/.test(text),
  },
  respond(exchange, argument) {
    const { body } = exchange.route.vendor.errorOf(innerRefusal(argument), null);
    if (exchange.reply.asked.stream) {
      sendStream(exchange, '', [], (stream) => stream.end(errorFrameOf(exchange, body)));
    } else sendBody(exchange, 200, JSON.stringify(body));
  },
};

function innerRefusal(code: string): Refusal {
  const message = `A simulated error inside a success: ${code}.`;
  if (!/^[45]\d\d$/.test(code)) {
    return new Refusal(KIND_OF_CODE[code] ?? 'server_error', message, { innerCode: code });
  }
  const { kind } = refusalOfStatus(Number(code));
  return new Refusal(kind, message, { innerCode: Number(code) });
}

/** Another model's name in the answer. */
export const wrongModel: Fault = {
  name: 'wrong-model',
  about: 'the answer names another model',
  argument: {
    about: 'the name; - leaves the field out',
    default: 'another-model-1',
    accepts: (text) => text !== '',
  },
  respond: (exchange, argument) =>
    sendAnswer(exchange, { ...exchange.reply, model: argument === '-' ? null : argument }),
};

/** The caller's key in what comes back. */
export const echoKey: Fault = {
  name: 'echo-key',
  about: "the caller's key comes back, in an error or an answer",
  argument: {
    about: 'error or answer',
    default: 'error',
    accepts: (text) => text === 'error' || text === 'answer',
  },
  respond(exchange, argument) {
    const told = `You sent the key ${exchange.key}`;
    if (argument === 'answer') {
      const choices = exchange.reply.choices.map((choice) => ({ ...choice, text: told }));
      sendAnswer(exchange, { ...exchange.reply, choices });
      return;
    }
    const { body, status } = exchange.route.vendor.errorOf(new Refusal('bad_request', told), null);
    const headers = { ...exchange.headers, 'x-debug-authorization': exchange.key };
    sendBody({ response: exchange.response, headers }, status, JSON.stringify(body));
  },
};
