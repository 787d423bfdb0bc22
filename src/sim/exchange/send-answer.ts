import type { JsonObject } from '../../core/json.ts';
import type { Reply } from '../protocols/protocol.ts';
import type { Refusal } from '../vendors/refusal.ts';
import type { Exchange } from './exchange.ts';

const JSON_TYPE = 'application/json';

/** Sends a body in one piece. */
export function sendBody(
  { response, headers }: Pick<Exchange, 'response' | 'headers'>,
  status: number,
  body: string,
  contentType = JSON_TYPE,
): void {
  response.writeHead(status, {
    ...headers,
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

/** Sends a refusal in the vendor's form. */
export function sendRefusal(exchange: Exchange, refusal: Refusal, retryAfterMs: number | null) {
  const { vendor } = exchange.route;
  const { status, body } = vendor.errorOf(refusal, retryAfterMs);
  const headers = {
    ...exchange.headers,
    ...vendor.limitHeaders(null, retryAfterMs, exchange.clock.wallMs()),
  };
  sendBody({ response: exchange.response, headers }, status, JSON.stringify(body));
}

/** Sends the answer whole or as a stream, as it was asked. */
export function sendAnswer(exchange: Exchange, reply: Reply = exchange.reply): void {
  if (reply.asked.stream) {
    const { opening, pieces, finish, closing } = framesOf(exchange, reply);
    sendStream(exchange, opening, pieces, (response) => {
      exchange.answered();
      response.end(finish + closing);
    });
    return;
  }
  const body = JSON.stringify(exchange.route.protocol.whole(reply, exchange.route.address));
  exchange.answered();
  sendBody(exchange, 200, body);
}

/** The frames of a streamed answer. */
export function framesOf({ route }: Exchange, reply: Reply) {
  return route.protocol.frames(reply, route.address);
}

/** An error as a frame in the middle of a stream. */
export function errorFrameOf({ route }: Exchange, error: JsonObject): string {
  return route.protocol.errorFrame(error);
}

/**
 * Streams pieces at the exchange's pace, the opening together with the first one, and then lets
 * `finish` end the response.
 */
export function sendStream(
  exchange: Exchange,
  opening: string,
  pieces: readonly string[],
  finish: (response: Exchange['response']) => void,
): void {
  const { response, route, perPieceMs, clock } = exchange;
  response.writeHead(200, {
    ...exchange.headers,
    'content-type': route.protocol.streamContentType(route.address),
    'cache-control': 'no-cache',
  });
  if (perPieceMs === 0) {
    response.write(opening + pieces.join(''));
    finish(response);
    return;
  }
  let cancel = () => {};
  response.once('close', () => cancel());
  const sendNext = (index: number) => {
    const piece = pieces[index];
    if (response.destroyed) return;
    if (piece === undefined) return finish(response);
    response.write(index === 0 ? opening + piece : piece);
    cancel = clock.after(perPieceMs, () => sendNext(index + 1));
  };
  sendNext(0);
}
