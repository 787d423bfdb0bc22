/** When a fault strikes; requests are numbered from 1 as they arrive. */
export type FaultWindow =
  | { readonly kind: 'numbers'; readonly first: number; readonly last: number }
  | { readonly kind: 'every'; readonly every: number }
  /** Milliseconds since the server started. */
  | { readonly kind: 'time'; readonly fromMs: number; readonly untilMs: number };

/** One order to misbehave. */
export interface FaultRule {
  /** A name of the catalogue, or an HTTP status from 400 to 599. */
  readonly name: string;
  /** What the fault takes, as text; null for its default. */
  readonly argument: string | null;
  /** Share of the requests that it strikes, above 0 to 1. */
  readonly share: number;
  /** Requests among which it strikes; null for all. */
  readonly window: FaultWindow | null;
  /** Most times in a row that it strikes the same request body; null for any number. */
  readonly mostInARow: number | null;
}
