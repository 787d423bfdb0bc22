import { parseDurationMs, writeDuration } from '../../core/duration.ts';

/**
 * One option of everything that sends calls. Its flag, its key below `run:` of the settings files, its name in
 * the environment, the help, the editor's schema and the documentation are all made from it.
 */
export interface RunOption {
  readonly kind: 'count' | 'duration' | 'path';
  /** As on the command line: `--rpm N`. */
  readonly flags: string;
  /** Key below `run:` of the settings files; in the environment with TUTTI_ before it, in capitals. */
  readonly setting: string;
  /** Smallest and largest value, of a duration in milliseconds; a path has none. */
  readonly range?: readonly [minimum: number, maximum: number];
  /** The value unless another layer gives one, of a duration in milliseconds; null: none. */
  readonly default: number | string | null;
  /** What no value means, where that is the default. */
  readonly absent?: string;
  /** What it is, without its range and default: those are written from the table. */
  readonly about: string;
}

const MAX_COUNT = 1_000_000_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Every option of everything that sends calls, by the name under which programs give it. */
export const RUN_OPTIONS = {
  out: {
    kind: 'path',
    flags: '-o, --out DIR',
    setting: 'out',
    default: './tutti-out',
    about: 'Folder for the results of runs',
  },
  requestsPerMinute: {
    kind: 'count',
    flags: '--rpm N',
    setting: 'rpm',
    range: [1, MAX_COUNT],
    default: null,
    absent: 'no limit',
    about: 'Requests a minute in one lane',
  },
  tokensPerMinute: {
    kind: 'count',
    flags: '--tpm N',
    setting: 'tpm',
    range: [1, MAX_COUNT],
    default: null,
    absent: 'no limit',
    about: 'Input and output tokens a minute in one lane',
  },
  concurrency: {
    kind: 'count',
    flags: '--concurrency N',
    setting: 'concurrency',
    range: [1, 100_000],
    default: 64,
    about: 'Calls in flight at once in one lane',
  },
  attempts: {
    kind: 'count',
    flags: '--attempts N',
    setting: 'attempts',
    range: [1, 1000],
    default: 5,
    about: 'Tries of one call before it counts as failed',
  },
  timeoutMs: {
    kind: 'duration',
    flags: '--timeout TIME',
    setting: 'timeout',
    range: [1, DAY_MS],
    default: 300_000,
    about: 'Time for one attempt',
  },
} as const satisfies Record<string, RunOption>;

/** The name of an option. */
export type RunOptionName = keyof typeof RUN_OPTIONS;

/** The names of all options. */
export const RUN_OPTION_NAMES = Object.keys(RUN_OPTIONS) as RunOptionName[];

/** The values of all options: counts, milliseconds for durations, null where there is no limit. */
export type RunValues = {
  readonly [Name in RunOptionName]: (typeof RUN_OPTIONS)[Name]['kind'] extends 'path'
    ? string
    : (typeof RUN_OPTIONS)[Name]['default'] extends null
      ? number | null
      : number;
};

/** The values that were given; what is left out is what the settings say. */
export type GivenRunValues = {
  readonly [Name in RunOptionName]?: NonNullable<RunValues[Name]> | undefined;
};

/** The variable of the real environment that sets an option: TUTTI_CONCURRENCY. */
export function environmentName(option: RunOptionName): string {
  return `TUTTI_${RUN_OPTIONS[option].setting.toUpperCase()}`;
}

/**
 * Reads the value of an option as a flag, a variable or a settings file gives it.
 *
 * @returns the value (milliseconds for a duration), or what it must be, as the end of a sentence.
 */
export function readRunOption(
  name: RunOptionName,
  value: string | number,
): { readonly value: number | string } | { readonly problem: string } {
  const option: RunOption = RUN_OPTIONS[name];
  if (option.kind === 'path') {
    return typeof value === 'string' && value !== '' && !value.includes('\0')
      ? { value }
      : { problem: 'must be the path of a folder' };
  }
  const [minimum, maximum] = option.range as readonly [number, number];
  const number =
    option.kind === 'duration' ? parseDurationMs(String(value), 's') : readCount(value);
  return number !== undefined && number >= minimum && number <= maximum
    ? { value: number }
    : { problem: `must be ${rangeText(option)}` };
}

function readCount(value: string | number): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return /^\d{1,15}$/.test(value.trim()) ? Number(value) : undefined;
}

/** Says what an option does, with its unit and range: `Calls in flight at once in one lane, 1 to 100000`. */
export function describeRunOption(option: RunOption): string {
  const { kind, range, about } = option;
  if (kind === 'path' || range === undefined) return about;
  const [minimum, maximum] = range;
  if (kind === 'duration') {
    return `${about}: 30 (seconds), 5s, 500ms, 2m; at most ${writeDuration(maximum)}`;
  }
  return `${about}, ${maximum === MAX_COUNT ? `at least ${minimum}` : `${minimum} to ${maximum}`}`;
}

/** Says an option's default: `64`, `300 seconds`, `1h`, `no limit`. */
export function defaultText(option: RunOption): string {
  if (option.default === null) return option.absent ?? 'none';
  if (option.kind !== 'duration') return String(option.default);
  const ms = option.default as number;
  return ms % 1000 === 0 && ms <= 600_000 ? `${ms / 1000} seconds` : writeDuration(ms);
}

function rangeText({ kind, range = [1, MAX_COUNT] }: RunOption): string {
  return kind === 'duration'
    ? `a duration of ${range.map(writeDuration).join(' to ')}, such as 30 (seconds), 5s, 500ms or 2m`
    : `a whole number from ${range[0]} to ${range[1]}`;
}
