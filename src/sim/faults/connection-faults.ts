import type { Fault } from './fault.ts';

/** Resets the connection instead of answering. */
export const reset: Fault = {
  name: 'reset',
  about: 'the connection is reset without an answer',
  respond: ({ response }) => response.socket?.resetAndDestroy(),
};

/** Never answers and keeps the connection. */
export const hang: Fault = {
  name: 'hang',
  about: 'no answer ever comes, the connection stays open',
  respond: () => {},
};

/** Ends its own half of the connection without an answer and goes on listening. */
export const halfClose: Fault = {
  name: 'half-close',
  about: 'the server ends its half of the connection without an answer',
  respond: ({ response }) => response.socket?.end(),
};
