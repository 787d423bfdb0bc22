import { createHash } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { ChosenStrategy, Judging } from '../../panel/index.ts';

/** A model that is a member, and how it is asked. */
export interface MemberOptions {
  /** A reference, which may be a saved consortium's name. */
  readonly model: string;
  /** Instances of it, at least 1. */
  readonly count: number;
  /** Its own system message, in place of the consortium's. */
  readonly system?: string | undefined;
  /** Its own parameters; those of the request are under them. */
  readonly parameters?: JsonObject | undefined;
  /** What the strategy `role` tells it. */
  readonly role?: string | undefined;
  /** What its vote counts, above 0; default 1. */
  readonly weight?: number | undefined;
}

/** What a file, or flags, say of a consortium; what is left out has its default. */
export interface ConsortiumOptions {
  readonly members?: readonly MemberOptions[] | undefined;
  /** References; the next is asked when one fails. */
  readonly arbiters?: readonly string[] | undefined;
  readonly strategies?: readonly ChosenStrategy[] | undefined;
  readonly judging?: Judging | undefined;
  /** From 0 to 1; default 0.8. */
  readonly confidenceThreshold?: number | undefined;
  /** Default 3. */
  readonly maxIterations?: number | undefined;
  /** Default 1. */
  readonly minIterations?: number | undefined;
  /** Milliseconds, waits and retries included; default 120 s. */
  readonly memberTimeoutMs?: number | undefined;
  /** Least members that must have answered; default more than half. */
  readonly quorum?: number | undefined;
  /** How an answer is found in a response: `number`, `choice`, `json:POINTER`, `text`, `re:PATTERN`. */
  readonly extract?: string | undefined;
  /** True waits for every member although the others have decided; default false. */
  readonly all?: boolean | undefined;
  readonly system?: string | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
}

/** What holds where nothing is said. */
const CONSORTIUM_DEFAULTS = {
  judging: 'synthesis',
  confidenceThreshold: 0.8,
  maxIterations: 3,
  minIterations: 1,
  memberTimeoutMs: 120_000,
  all: false,
  seed: 0,
} as const;

/** The options of a consortium with every default filled in. */
export interface FilledConsortium {
  readonly members: readonly MemberOptions[];
  readonly arbiters: readonly string[];
  readonly strategies: readonly ChosenStrategy[];
  readonly judging: Judging;
  readonly confidenceThreshold: number;
  readonly maxIterations: number;
  readonly minIterations: number;
  readonly memberTimeoutMs: number;
  readonly quorum: number;
  readonly extract: string | null;
  readonly all: boolean;
  readonly system: string | null;
  readonly seed: number;
}

/** Fills in the defaults. */
export function filledConsortium(options: ConsortiumOptions): FilledConsortium {
  const { members = [], arbiters = [], strategies = [] } = options;
  const instances = memberCount(members);
  return {
    members,
    arbiters,
    strategies,
    judging: options.judging ?? CONSORTIUM_DEFAULTS.judging,
    confidenceThreshold: options.confidenceThreshold ?? CONSORTIUM_DEFAULTS.confidenceThreshold,
    maxIterations: options.maxIterations ?? CONSORTIUM_DEFAULTS.maxIterations,
    minIterations: options.minIterations ?? CONSORTIUM_DEFAULTS.minIterations,
    memberTimeoutMs: options.memberTimeoutMs ?? CONSORTIUM_DEFAULTS.memberTimeoutMs,
    quorum: options.quorum ?? Math.floor(instances / 2) + 1,
    extract: options.extract ?? null,
    all: options.all ?? CONSORTIUM_DEFAULTS.all,
    system: options.system ?? null,
    seed: options.seed ?? CONSORTIUM_DEFAULTS.seed,
  };
}

/** Instances that are asked in each round. */
export function memberCount(members: readonly Pick<MemberOptions, 'count'>[]): number {
  return members.reduce((sum, { count }) => sum + count, 0);
}

/** The ids of the instances of each member, `REFERENCE#N`, counted within its model. */
export function instanceIds(
  members: readonly Pick<MemberOptions, 'model' | 'count'>[],
): readonly (readonly string[])[] {
  const counts = new Map<string, number>();
  return members.map(({ model, count }) => {
    const before = counts.get(model) ?? 0;
    counts.set(model, before + count);
    return Array.from({ length: count }, (_, index) => `${model}#${before + index + 1}`);
  });
}

/** What is said in one place, and over it what is said in another. */
export function overriddenOptions(
  under: ConsortiumOptions,
  over: ConsortiumOptions,
): ConsortiumOptions {
  const given = Object.entries(over).filter(([, value]) => value !== undefined);
  return { ...under, ...Object.fromEntries(given) };
}

/**
 * The first 12 hexadecimal digits of SHA-256 over all that changes what a consortium asks: its options with their
 * defaults, in a form that knows no order of keys, and what its parts stand for today.
 */
export function consortiumHash(options: ConsortiumOptions, parts: readonly string[]): string {
  const { strategies, ...filled } = filledConsortium(options);
  const written = strategies.map(({ name, parameters }) => ({ name, parameters }));
  const whole = canonical([{ ...filled, strategies: written }, parts] as unknown as JsonValue);
  return createHash('sha256').update(JSON.stringify(whole)).digest('hex').slice(0, 12);
}

/** Keys in one order; what is undefined is left out. */
function canonical(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(canonical);
  const entries = Object.entries(value as JsonObject).filter(([, one]) => one !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  // A list of pairs: numbers as keys would come first in an object.
  return entries.map(([key, one]) => [key, canonical(one)]);
}
