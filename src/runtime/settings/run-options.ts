import {
  DEFAULT_ATTEMPTS,
  DEFAULT_CONCURRENCY,
  DEFAULT_IDLE_TIMEOUT_MS,
  DEFAULT_MAX_WAIT_MS,
  DEFAULT_STOP_AFTER,
  DEFAULT_TIMEOUT_MS,
} from '../../core/call-defaults.ts';
import { parseDurationMs, writeDuration } from '../../core/duration.ts';

/**
 * One option of everything that sends calls. Its flag, its key below `run:` of the settings files, its name in
 * the environment, the help, the editor's schema and the documentation are all made from it.
 */
export interface RunOption {
  readonly kind: 'count' | 'duration' | 'path' | 'switch' | 'choice';
  /** As on the command line: `--rpm N`; of a switch that can be turned off, too: `--stream, --no-stream`. */
  readonly flags: string;
  /** Key below `run:` of the settings files; in the environment with TUTTI_ before it, `TUTTI_IDLE_TIMEOUT`. */
  readonly setting: string;
  /** Smallest and largest value, of a duration in milliseconds; a path and a switch have none. */
  readonly range?: readonly [minimum: number, maximum: number];
  /** The words of a choice. */
  readonly words?: readonly string[];
  /** True where the word `none` is a value: any time. */
  readonly orNone?: boolean;
  /** The value unless another layer gives one, of a duration in milliseconds; null: none. */
  readonly default: number | string | boolean | null;
  /** Where the default is another one, and which. */
  readonly otherDefault?: string;
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
  totalRequestsPerMinute: {
    kind: 'count',
    flags: '--total-rpm N',
    setting: 'totalRpm',
    range: [1, MAX_COUNT],
    default: null,
    absent: 'no limit',
    about: 'Requests a minute in all lanes together',
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
    default: DEFAULT_CONCURRENCY,
    about: 'Calls in flight at once in one lane',
  },
  attempts: {
    kind: 'count',
    flags: '--attempts N',
    setting: 'attempts',
    range: [1, 1000],
    default: DEFAULT_ATTEMPTS,
    about: 'Tries of one call before it counts as failed',
  },
  timeoutMs: {
    kind: 'duration',
    flags: '--timeout TIME',
    setting: 'timeout',
    range: [1, DAY_MS],
    default: DEFAULT_TIMEOUT_MS,
    about: 'Time for one attempt, of a streamed answer until its first piece',
  },
  idleTimeoutMs: {
    kind: 'duration',
    flags: '--idle-timeout TIME',
    setting: 'idleTimeout',
    range: [1, DAY_MS],
    default: DEFAULT_IDLE_TIMEOUT_MS,
    about: 'Longest silence of a streamed answer that has begun',
  },
  maxWaitMs: {
    kind: 'duration',
    flags: '--max-wait TIME',
    setting: 'maxWait',
    range: [1, 30 * DAY_MS],
    orNone: true,
    default: DEFAULT_MAX_WAIT_MS,
    otherDefault: '60 seconds in `ask`',
    about: 'Longest wait that a server may ask of a lane before it is parked',
  },
  stopAfter: {
    kind: 'count',
    flags: '--stop-after N',
    setting: 'stopAfter',
    range: [0, MAX_COUNT],
    default: DEFAULT_STOP_AFTER,
    about: 'Equal final errors in a row that stop a lane (never: 0)',
  },
  stream: {
    kind: 'switch',
    flags: '--stream, --no-stream',
    setting: 'stream',
    default: null,
    absent: '`ask` streams, `run` does not; the other way where a server takes no other',
    about: 'Whether answers are streamed',
  },
  keepRaw: {
    kind: 'switch',
    flags: '--keep-raw, --no-keep-raw',
    setting: 'keepRaw',
    default: false,
    about: 'Keep the whole body of each answer in its record, as `answer.raw`',
  },
  resume: {
    kind: 'choice',
    flags: '--resume WHICH',
    setting: 'resume',
    words: ['ask', 'known'],
    default: 'ask',
    about:
      'Which unfinished runs go on: `known`, only those begun here; `ask`, others too, asked about on a terminal and told elsewhere',
  },
} as const satisfies Record<string, RunOption>;

/** The name of an option. */
export type RunOptionName = keyof typeof RUN_OPTIONS;

/** The names of all options. */
export const RUN_OPTION_NAMES = Object.keys(RUN_OPTIONS) as RunOptionName[];

/** The values of all options: counts, milliseconds for durations, null where there is no limit. */
export type RunValues = {
  readonly [Name in RunOptionName]:
    | RunValueOfKind<(typeof RUN_OPTIONS)[Name]['kind']>
    | ((typeof RUN_OPTIONS)[Name]['default'] extends null ? null : never);
};

type RunValueOfKind<Kind extends RunOption['kind']> = Kind extends 'path'
  ? string
  : Kind extends 'switch'
    ? boolean
    : Kind extends 'choice'
      ? 'ask' | 'known'
      : number;

/** The values that were given; what is left out is what the settings say. */
export type GivenRunValues = {
  readonly [Name in RunOptionName]?: NonNullable<RunValues[Name]> | undefined;
};

/** The variable of the real environment that sets an option: TUTTI_CONCURRENCY. */
export function environmentName(option: RunOptionName): string {
  const words = RUN_OPTIONS[option].setting.replace(/[A-Z]/g, (letter) => `_${letter}`);
  return `TUTTI_${words.toUpperCase()}`;
}

/**
 * Reads the value of an option as a flag, a variable or a settings file gives it.
 *
 * @returns the value (milliseconds for a duration), or what it must be, as the end of a sentence.
 */
export function readRunOption(
  name: RunOptionName,
  value: string | number | boolean,
): { readonly value: number | string | boolean } | { readonly problem: string } {
  const option: RunOption = RUN_OPTIONS[name];
  if (option.kind === 'switch') {
    const read = readSwitch(String(value));
    return read === undefined ? { problem: 'must be true or false' } : { value: read };
  }
  if (option.kind === 'path') {
    if (typeof value !== 'string' || value === '' || value.includes('\0')) {
      return { problem: 'must be the path of a folder' };
    }
    // A shell leaves it as it is in `--out=~/results`, and a file knows no shell: a folder "~" would be made.
    return value.startsWith('~')
      ? { problem: 'must be the path of a folder, written out without "~"' }
      : { value };
  }
  if (option.words !== undefined) {
    const word = option.words.find((one) => one === value);
    return word === undefined
      ? { problem: `must be ${option.words.join(' or ')}` }
      : { value: word };
  }
  if (option.orNone && value === NONE) return { value: Number.POSITIVE_INFINITY };
  const [minimum, maximum] = option.range as readonly [number, number];
  const number =
    option.kind === 'duration' ? parseDurationMs(String(value), 's') : readCount(value);
  return number !== undefined && number >= minimum && number <= maximum
    ? { value: number }
    : { problem: `must be ${rangeText(option)}` };
}

/** Any time. */
const NONE = 'none';

/** Reads a word for yes or no, in any case; undefined for another one. */
export function readSwitch(text: string): boolean | undefined {
  return SWITCH_WORDS.get(text.trim().toLowerCase());
}

/** As variables write them. */
const SWITCH_WORDS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['y', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['n', false],
  ['off', false],
]);

function readCount(value: string | number | boolean): number | undefined {
  if (typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return /^\d{1,15}$/.test(value.trim()) ? Number(value) : undefined;
}

/** Says what an option does, with its unit and range: `Calls in flight at once in one lane, 1 to 100000`. */
export function describeRunOption(option: RunOption): string {
  const { kind, range, about, orNone = false } = option;
  if (kind === 'path' || range === undefined) return about;
  const [minimum, maximum] = range;
  if (kind === 'duration') {
    return `${about}: 30 (seconds), 5s, 500ms, 2m; at most ${writeDuration(maximum)}${orNone ? `, or ${NONE}` : ''}`;
  }
  return `${about}, ${maximum === MAX_COUNT ? `at least ${minimum}` : `${minimum} to ${maximum}`}`;
}

/** Says an option's default: `64`, `300 seconds`, `1h, 60 seconds in ask`, `no limit`. */
export function defaultText(option: RunOption): string {
  const usual = usualText(option);
  return option.otherDefault === undefined ? usual : `${usual}, ${option.otherDefault}`;
}

function usualText(option: RunOption): string {
  if (option.default === null) return option.absent ?? 'none';
  if (option.kind === 'switch') return option.default ? 'yes' : 'no';
  if (option.kind !== 'duration') return String(option.default);
  const ms = option.default as number;
  return ms % 1000 === 0 && ms <= 600_000 ? `${ms / 1000} seconds` : writeDuration(ms);
}

function rangeText({ kind, range = [1, MAX_COUNT], orNone = false }: RunOption): string {
  return kind === 'duration'
    ? `a duration of ${range.map(writeDuration).join(' to ')}, such as 30 (seconds), 5s, 500ms or 2m${orNone ? `, or ${NONE}` : ''}`
    : `a whole number from ${range[0]} to ${range[1]}`;
}
