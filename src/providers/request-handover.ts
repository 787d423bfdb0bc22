import { AsyncLocalStorage } from 'node:async_hooks';

/** A request as an SDK has written it. */
export interface WrittenRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Ends the SDK's part of a call: its request has been taken over. */
const TAKEN = { name: 'RequestTaken' };

const taker = new AsyncLocalStorage<(request: WrittenRequest) => void>();

/**
 * Has an SDK write a request and takes it from the SDK's `fetch`. One SDK model serves all calls,
 * because making one is far dearer than a call; the asynchronous context tells whose request it is.
 *
 * @throws whatever the SDK throws before it has written the request, and an error when it ends
 *   without having written one.
 */
export function takeRequest(write: () => Promise<unknown>): Promise<WrittenRequest> {
  return new Promise((resolve, reject) => {
    // Once the request is taken, whatever the SDK still does or throws is of no interest.
    taker.run(resolve, write).then(() => reject(new Error('the SDK wrote nothing')), reject);
  });
}

/** The `fetch` given to every SDK: hands the request over and never answers. */
export async function handOver(url: unknown, init?: RequestInit): Promise<never> {
  taker.getStore()?.({
    url: String(url),
    headers: init?.headers as Record<string, string>,
    body: init?.body as string,
  });
  throw TAKEN;
}
