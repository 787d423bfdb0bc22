/** What a mean of a key must reach. */
export interface Threshold {
  readonly key: string;
  /** The least mean of each model. */
  readonly mean: number;
}

/** How answers are scored; all left out: they are not. */
export interface ScoreOptions {
  /** Scorers, each as `[KEY=]NAME[:ARGUMENT]`; paths are from the engine's working folder. */
  readonly scores?: readonly string[] | undefined;
  readonly thresholds?: readonly Threshold[] | undefined;
  /** Key of a row that says what is answered, in whatever wording; default `input-id`, else the prompt. */
  readonly unit?: string | undefined;
  /** Lists of models of which pairs are compared; default all with all. */
  readonly compare?: readonly (readonly string[])[] | undefined;
}
