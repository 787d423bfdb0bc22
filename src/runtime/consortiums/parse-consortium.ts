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
  /** Where it has mistakes, only what could be read of its members and arbiters. */
  readonly options: ConsortiumOptions;
  /** Gives `file:line:column` of an option, or of a member or an arbiter. */
  place(path: SettingsPath): string;
}

const knownKeys = knownKeysOf(consortiumSchema);

/**
 * Parses a consortium's file and finds every mistake at once. This module loads the YAML parser and the schema library:
 * import it only when there is a file.
 *
 * @param name the file as messages show it
 */
export function parseConsortium(bytes: Uint8Array, name: string): ParsedConsortium {
  const nowhere = { options: {}, place: () => `${name}:1:1` };
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
  if (!parsed.success) {
    const found = describeIssues(parsed.error.issues, source, knownKeys);
    return { problems: [...problems, ...found], options: readable(value), place };
  }
  const options = problems.length > 0 ? readable(value) : optionsOf(parsed.data);
  return { problems, options, place };
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

/** The models that a file with mistakes names, so that what is wrong with them is told as well. */
function readable(value: unknown): ConsortiumOptions {
  if (!isJsonObject(value)) return {};
  const { members, arbiter } = value;
  const list = Array.isArray(members) ? members : [];
  return {
    members: list.map((one: unknown): MemberOptions => {
      const model = isJsonObject(one) && typeof one.model === 'string' ? one.model : '';
      return { model, count: 1 };
    }),
    arbiters: (Array.isArray(arbiter) ? arbiter : []).map((one: unknown) =>
      typeof one === 'string' ? one : '',
    ),
  };
}
