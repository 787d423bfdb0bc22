/** By how much a request is too long for its model, in tokens; null where the server did not say. */
export interface ContextSize {
  /** Most tokens that it takes. */
  readonly limit: number | null;
  /** Tokens that were asked for: the prompt's, and those that were kept for the answer; at least `limit`. */
  readonly given: number | null;
  /** Part of `given` that was kept for the answer; absent: none, or not said. */
  readonly forAnswer?: number | undefined;
}
