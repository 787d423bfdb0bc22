import type { GenerateOptions } from '../core/model.ts';
import type { Account } from './account.ts';
import type { AnswerReceiver, HttpRequest } from './transport/exchange.ts';

/**
 * Sends a request in the name of an account. Where its token must be fetched first the try may end before anything is
 * sent; headers that the request has already win.
 */
export function sendAs(
  account: Account,
  request: HttpRequest,
  receiver: Pick<AnswerReceiver, 'failed' | 'stopped'>,
  stop: Pick<GenerateOptions, 'signal' | 'onStop'>,
  send: (request: HttpRequest) => void,
): void {
  const sendWith = (headers: Readonly<Record<string, string>>) =>
    send({ ...request, headers: { ...headers, ...request.headers } });
  const headers = account.headers();
  if (!(headers instanceof Promise)) {
    sendWith(headers);
    return;
  }
  let isOver = false;
  const end = (what: () => void) => {
    if (isOver) return;
    isOver = true;
    if (!stop.onStop) stop.signal.removeEventListener('abort', onAbort);
    what();
  };
  const onAbort = () => end(() => receiver.stopped(stop.signal.reason));
  if (stop.onStop) stop.onStop((reason) => end(() => receiver.stopped(reason)));
  else if (stop.signal.aborted) onAbort();
  else stop.signal.addEventListener('abort', onAbort);
  headers.then(
    (fetched) => end(() => sendWith(fetched)),
    (error) => end(() => receiver.failed(error)),
  );
}
