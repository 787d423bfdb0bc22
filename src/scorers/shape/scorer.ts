import type { ExpectedResponse } from './expected-response.ts';

/** What a text is worth: a number, true or false (1 or 0 in means), a label; null where it cannot be said. */
export type ScoreValue = number | boolean | string | null;

/** One text that a model answered, with what it is compared to. */
export interface ScoredText {
  readonly text: string;
  /** Has an alternative or more for a scorer that needs one. */
  readonly expected: ExpectedResponse;
  /** How the answer ended, in the vendor's word; null where that is not known. */
  readonly finishReason: string | null;
}

/** A scorer that may be used. */
export interface PreparedScorer {
  /** Scores texts; the values are in their order. */
  readonly scoreBatch: (
    texts: readonly ScoredText[],
  ) => readonly ScoreValue[] | Promise<readonly ScoreValue[]>;
}

/** With what a scorer is prepared. */
export interface PrepareScorer {
  /** What stands behind its name and a colon; empty without one. */
  readonly argument: string;
  /** The text of the file that the argument names, where it names one. */
  readonly content: string;
  /** The folder from which paths count. */
  readonly folder: string;
}

/** What several texts are worth together, where that is not the mean: counts of each text are added up. */
export interface CorpusScore {
  readonly counts: (text: ScoredText) => readonly number[];
  /** The score of one text from its counts. */
  readonly ofText: (counts: readonly number[]) => number;
  /** The score of all texts from the sums of their counts. */
  readonly ofAll: (sums: readonly number[]) => number;
}

/** A scorer as each folder beside this one exports it. */
export interface Scorer {
  /** As users write it: that of its folder. */
  readonly name: string;
  /** What its value is, as the end of a sentence. */
  readonly about: string;
  /** Its argument as the help shows it, such as `RE`; absent: it takes none. */
  readonly argument?: {
    readonly form: string;
    readonly isRequired: boolean;
    /** True when it is the path of a text file, which whoever prepares it reads. */
    readonly isFile?: boolean;
  };
  /** False when it looks at the answer alone; else a row without `expected_response` has no score. */
  readonly needsExpected: boolean;
  readonly corpus?: CorpusScore;
  /**
   * Makes it ready.
   *
   * @throws TuttiError `bad_usage` when the argument is wrong, the message without the scorer's name
   */
  readonly prepare: (options: PrepareScorer) => PreparedScorer | Promise<PreparedScorer>;
}

/** Makes a scorer of what scores one text. */
export function eachText(score: (text: ScoredText) => ScoreValue): PreparedScorer {
  return { scoreBatch: (texts) => texts.map(score) };
}

/** Makes a scorer of one that has a score of all texts, too. */
export function eachCounted({ counts, ofText }: CorpusScore): PreparedScorer {
  return eachText((text) => ofText(counts(text)));
}

/** What the list of scorers says of one that is not loaded yet. */
export interface ListedScorer {
  /** Its argument behind its name, as the help shows it: `:RE`, `[:max=N]`; empty for none. */
  readonly form: string;
  readonly about: string;
  /** True when its argument is the path of a text file. */
  readonly isFile?: boolean;
  readonly load: () => Promise<{ readonly scorer: Scorer }>;
}
