/** What came of one of the models that were asked. */
export type PreferredAnswer = {
  readonly model: string;
  /** `empty` for an answer without text, which no judge is shown. */
  readonly status: 'ok' | 'empty' | 'error';
  /** As it came; null where the call failed. */
  readonly response: string | null;
  /** Why it failed; null where it did not. */
  readonly error: string | null;
};

/** What a judge said of the answers to one prompt. */
export type PreferenceVerdict = {
  readonly judge: string;
  /** The models whose answers it was shown, in this order. */
  readonly shown: readonly string[];
  /** Models, best first, equal ones together; null without a verdict. */
  readonly ranking: readonly (readonly string[])[] | null;
  /** Why, by model. */
  readonly reasons: Readonly<Record<string, string>>;
  readonly status: 'ok' | 'unparsed' | 'error';
  /** How often it was asked. */
  readonly asked: number;
  /** Names of models that were taken out of the answers that it was shown. */
  readonly masked: number;
  /** Why there is no verdict; null where there is one. */
  readonly error: string | null;
  /** What the verdict lacks, where the judge is a consortium; a sentence each, absent where it is whole. */
  readonly degraded?: readonly string[];
};

/** What a panel that ranks its own answers came to. */
export type Preference = {
  readonly status: 'complete' | 'degraded' | 'failed';
  /** Which answer or ranking lacks, or is degraded itself, and why; a sentence each. */
  readonly degraded: readonly string[];
  readonly seed: number;
  /** The model whose answer has the best mean rank; null where too few answered. */
  readonly preferred: string | null;
  readonly answers: readonly PreferredAnswer[];
  readonly verdicts: readonly PreferenceVerdict[];
};
