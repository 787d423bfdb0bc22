import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { knownKeysOf } from '../settings/schema-keys.ts';
import { describeIssues } from '../settings/schema-mistakes.ts';
import type { SettingsProblem } from '../settings/settings-problem.ts';
import { parseYamlSource, type SettingsPath, textOfBytes } from '../settings/yaml-source.ts';
import type { ConsortiumOptions, MemberOptions } from './consortium-options.ts';
import { type ConsortiumDocument, consortiumSchema, durationMsOf } from './consortium-schema.ts';
import { readMemberWord } from './member-word.ts';

/** What a consortium's file says, as far as it can be read. */
export interface ParsedConsortium {
  /** Every mistake in it; none where it can be used. */
  readonly problems: readonly SettingsProblem[];
  /** Where it has mistakes, what could be read of it: also models whose count, or whatever else, is wrong. */
  readonly options: ConsortiumOptions;
  /** The keys with mistakes. */
  readonly wrongKeys: ReadonlySet<string>;
  /** Gives `file:line:column` of an option, or of a member or an arbiter. */
  place(path: SettingsPath): string;
}

const knownKeys = knownKeysOf(consortiumSchema);
const ALL_KEYS: ReadonlySet<string> = new Set(knownKeys([]));

/**
 * Parses a consortium's file and finds every mistake at once. This module loads the YAML parser and the schema library:
 * import it only when there is a file.
 *
 * @param name the file as messages show it
 */
export function parseConsortium(bytes: Uint8Array, name: string): ParsedConsortium {
  const nowhere = { options: {}, wrongKeys: ALL_KEYS, place: () => `${name}:1:1` };
  const text = textOfBytes(bytes);
  if (text === null) {
    return { ...nowhere, problems: [{ where: `${name}:1:1`, message: 'is not UTF-8 text.' }] };
  }
  const source = parseYamlSource(text, name);
  if (source.problems.length > 0) return { ...nowhere, problems: source.problems };
  const place = (path: SettingsPath) => source.place(path);
  const { value, wrongWords } = written(source.value ?? {});
  const problems = wrongWords.map(({ path, problem }) => ({
    where: place(path),
    message: `${path.map(String).join('.')} ${problem}.`,
  }));
  const parsed = consortiumSchema.safeParse(value);
  const wrongKeys = new Set(wrongWords.map(({ path }) => String(path[0])));
  if (parsed.success) {
    const options = withoutWords(optionsOf(parsed.data), wrongWords);
    return { problems, options, wrongKeys, place };
  }
  const { issues } = parsed.error;
  for (const { path } of issues) if (path.length > 0) wrongKeys.add(String(path[0]));
  return {
    problems: [...problems, ...describeIssues(issues, source, knownKeys)],
    options: withoutWords(readable(value, wrongKeys), wrongWords),
    wrongKeys: isJsonObject(value) ? wrongKeys : ALL_KEYS,
    place,
  };
}

interface WrongWord {
  readonly path: SettingsPath;
  readonly problem: string;
}

/** The document with its short forms written out, so that the schema has one form of each thing. */
function written(raw: unknown): { value: unknown; wrongWords: readonly WrongWord[] } {
  if (!isJsonObject(raw)) return { value: raw, wrongWords: [] };
  const wrongWords: WrongWord[] = [];
  const { members, arbiter, strategy } = raw;
  const memberOf = (one: unknown, index: number): unknown => {
    if (typeof one !== 'string' || one.trim() === '') return one;
    const read = readMemberWord(one);
    if ('value' in read) return read.value;
    wrongWords.push({ path: ['members', index], problem: read.problem });
    return { model: one };
  };
  const value = {
    ...raw,
    ...(Array.isArray(members) && { members: members.map(memberOf) }),
    ...(typeof arbiter === 'string' && { arbiter: [arbiter] }),
    ...(strategy !== undefined && { strategy: strategiesOf(strategy) }),
  };
  return { value, wrongWords };
}

/** `voting`, `{voting: {…}}`, or a list of these. */
function strategiesOf(strategy: unknown): unknown {
  if (typeof strategy === 'string') return [{ name: strategy, parameters: {} }];
  if (isJsonObject(strategy)) return namedStrategies(strategy);
  if (!Array.isArray(strategy)) return strategy;
  return strategy.flatMap((one: unknown) => {
    if (typeof one === 'string') return [{ name: one, parameters: {} }];
    return isJsonObject(one) ? namedStrategies(one) : [one];
  });
}

function namedStrategies(strategies: JsonObject): unknown[] {
  return Object.entries(strategies).map(([name, parameters]) => ({
    name,
    parameters: parameters ?? {},
  }));
}

function optionsOf(document: ConsortiumDocument): ConsortiumOptions {
  const { members, arbiter, strategy, judging, extract, memberTimeout } = document;
  const { confidenceThreshold: threshold, maxIterations, minIterations } = document;
  const { quorum, all, system, seed } = document;
  return {
    members: members?.map((member): MemberOptions => ({ ...member, count: member.count ?? 1 })),
    arbiters: arbiter,
    strategies: strategy,
    judging,
    extract,
    confidenceThreshold: threshold === undefined ? undefined : shareOf(threshold),
    maxIterations,
    minIterations,
    memberTimeoutMs: memberTimeout === undefined ? undefined : durationMsOf(memberTimeout),
    quorum,
    all,
    system,
    seed,
  };
}

/** Up to 1 it is a share, above 1 per cent. */
function shareOf(threshold: number): number {
  return threshold > 1 ? threshold / 100 : threshold;
}

/** What is no member's word names no model: that is told once. */
function withoutWords(
  options: ConsortiumOptions,
  wrongWords: readonly WrongWord[],
): ConsortiumOptions {
  const wrong = new Set(wrongWords.map(({ path: [, index] }) => index));
  const members = options.members?.map((member, index) =>
    wrong.has(index) ? { ...member, model: '' } : member,
  );
  return { ...options, members };
}

/** What a file with mistakes says besides, and the models that it names there. */
function readable(value: unknown, wrongKeys: ReadonlySet<string>): ConsortiumOptions {
  if (!isJsonObject(value)) return {};
  const right = Object.entries(value).filter(([key]) => ALL_KEYS.has(key) && !wrongKeys.has(key));
  const parsed = consortiumSchema.safeParse(Object.fromEntries(right));
  const { members, arbiter } = value;
  return {
    ...(parsed.success && optionsOf(parsed.data)),
    ...(wrongKeys.has('members') && { members: membersIn(members) }),
    ...(wrongKeys.has('arbiter') && { arbiters: textsIn(arbiter) }),
  };
}

function membersIn(members: unknown): MemberOptions[] {
  return (Array.isArray(members) ? members : []).map((one: unknown) => {
    const model = isJsonObject(one) && typeof one.model === 'string' ? one.model : '';
    return { model, count: 1 };
  });
}

function textsIn(list: unknown): string[] {
  return (Array.isArray(list) ? list : []).map((one) => (typeof one === 'string' ? one : ''));
}
