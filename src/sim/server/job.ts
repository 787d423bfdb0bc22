import type { Reply } from '../protocols/protocol.ts';
import type { Route } from './find-route.ts';
import type { Handling } from './handling.ts';
import type { ModelState } from './model-state.ts';

/** A valid request for a known model, with the answer that it will get. */
export interface Job {
  readonly handling: Handling;
  readonly route: Route;
  readonly model: ModelState;
  readonly reply: Reply;
  /** The body as it arrived. */
  readonly text: string;
  /** Its number among the requests to models, from 1. */
  readonly number: number;
}
