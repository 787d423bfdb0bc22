import type { IncomingHttpHeaders } from 'node:http';
import { CallError } from '../../core/call-error.ts';
import type { Clock } from '../../core/clock.ts';
import { BodyBudget } from '../transport/body-budget.ts';
import { openConnections } from '../transport/connections.ts';
import { type AnswerReceiver, type HttpRequest, startExchange } from '../transport/exchange.ts';
import type { ProxySettings } from '../transport/proxy-choice.ts';
import { bodyText } from '../transport/text-encoding.ts';

const MOST_BYTES = 1024 * 1024;
const USUAL_TIMEOUT_MS = 30_000;

/** A request that stands by itself. */
export interface SingleRequest extends Omit<HttpRequest, 'origin' | 'path'> {
  readonly proxy: ProxySettings;
  readonly certificateFile?: string | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Default 30 s. */
  readonly timeoutMs?: number;
}

/** What came back. */
export interface SingleAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Answered extends Omit<SingleAnswer, 'body'> {
  readonly bytes: Buffer;
}

/**
 * Sends one request over a connection of its own.
 *
 * @throws CallError when there is no answer; the signal's reason when it ends the exchange.
 */
export async function exchangeOnce(url: URL, request: SingleRequest): Promise<SingleAnswer> {
  const { proxy, certificateFile, clock, signal, timeoutMs = USUAL_TIMEOUT_MS, ...rest } = request;
  const connections = await openConnections(url, { connections: 1, proxy, certificateFile });
  const late = new AbortController();
  const cancel = clock.after(timeoutMs, () => {
    late.abort(new CallError('timeout', `${url.host} did not answer within ${timeoutMs / 1000} s`));
  });
  try {
    const { status, headers, bytes } = await new Promise<Answered>((resolve, reject) => {
      const receiver: AnswerReceiver = {
        sinkFor: () => undefined,
        // Its bytes are gone once this has returned.
        answered: (status, headers, bytes) =>
          resolve({ status, headers, bytes: Buffer.from(bytes) }),
        failed: reject,
        stopped: reject,
        heldBack: () => {},
      };
      startExchange(
        connections,
        { origin: url.origin, path: url.pathname + url.search, ...rest },
        receiver,
        {
          stop: { signal: AbortSignal.any([signal, late.signal]) },
          budget: new BodyBudget(MOST_BYTES),
          limitBytes: MOST_BYTES,
          clock,
        },
      );
    });
    return { status, headers, body: bodyText(bytes, headers['content-type']) };
  } finally {
    cancel();
    await connections.destroy();
  }
}
