/** One figure of the table. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The bound that it has to hold. */
  readonly hold: { readonly atLeast: number } | { readonly atMost: number } | null;
  /** Everything that was read to get there, for whoever doubts it. */
  readonly readings?: Readonly<Record<string, unknown>>;
}

/** A measurement: takes its time, returns its figures. */
export interface Measurement {
  readonly name: string;
  readonly about: string;
  readonly measure: () => Promise<readonly Figure[]>;
}

/** Tells whether a figure holds its bound. */
export function holds({ value, hold }: Figure): boolean {
  if (hold === null) return true;
  return 'atLeast' in hold ? value >= hold.atLeast : value <= hold.atMost;
}
