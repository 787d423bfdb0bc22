import type { Dispatcher } from 'undici';

/** The connections of one endpoint. */
export interface Connections {
  /** Sends a request as soon as a connection is free. */
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean;
  /** Closes all; what is in flight fails. */
  destroy(): Promise<void>;
}
