/** What one setting of `run:` may hold; the schema, the environment names and the flags all follow it. */
export interface RunOption {
  readonly kind: 'count' | 'duration' | 'path';
  /** Smallest and largest value; of a duration in milliseconds. */
  readonly range?: readonly [minimum: number, maximum: number];
  /** The value unless another layer gives one; null: none. Of a duration in milliseconds. */
  readonly standard: number | string | null;
  /** One sentence with unit, range, default and consequence. */
  readonly about: string;
}

const MOST = 1_000_000_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Every setting that has a flag, a name in the environment and a line in `run:` of the settings files. */
export const RUN_OPTIONS = {
  concurrency: {
    kind: 'count',
    range: [1, 100_000],
    standard: 64,
    about: 'Calls in flight at once in one lane, 1 to 100000; default 64.',
  },
  rpm: {
    kind: 'count',
    range: [1, MOST],
    standard: null,
    about: 'Requests a minute in one lane, at least 1; default: no limit.',
  },
  tpm: {
    kind: 'count',
    range: [1, MOST],
    standard: null,
    about: 'Input and output tokens a minute in one lane, at least 1; default: no limit.',
  },
  attempts: {
    kind: 'count',
    range: [1, 1000],
    standard: 5,
    about: 'Tries of one call before it counts as failed, 1 to 1000; default 5.',
  },
  timeout: {
    kind: 'duration',
    range: [1, DAY_MS],
    standard: 300_000,
    about: 'Time for one attempt: 30 (seconds), 5s, 500ms, 2m; at most 24h; default 300 seconds.',
  },
  out: {
    kind: 'path',
    standard: './tutti-out',
    about: 'Folder for the results of runs; default ./tutti-out.',
  },
} as const satisfies Record<string, RunOption>;

/** The name of a setting of `run:`. */
export type RunOptionName = keyof typeof RUN_OPTIONS;

/** The values of `run:`: counts, milliseconds for durations, null where there is no limit. */
export type RunValues = {
  readonly [Name in RunOptionName]: (typeof RUN_OPTIONS)[Name]['kind'] extends 'path'
    ? string
    : (typeof RUN_OPTIONS)[Name]['standard'] extends null
      ? number | null
      : number;
};

/** Names of all settings of `run:`. */
export const RUN_OPTION_NAMES = Object.keys(RUN_OPTIONS) as RunOptionName[];

/** The variable of the real environment that sets an option: TUTTI_CONCURRENCY, TUTTI_MODELS. */
export function environmentName(option: RunOptionName | 'models'): string {
  return `TUTTI_${option.toUpperCase()}`;
}
