import type { z } from 'zod';
import { nearestName } from '../../core/nearest-name.ts';
import type { SettingsProblem } from './settings-problem.ts';
import type { YamlSource } from './yaml-source.ts';

type Issue = z.core.$ZodIssue;

/** More help nobody; a file of a megabyte can hold a hundred thousand. */
const MAX_MISTAKES = 50;

const KEY_WORDS = /^(api[-_]?key|key|token|secret|password|authorization)$/i;

/** Turns what the schema found into sentences with file, line and column; no value is quoted. */
export function describeIssues(
  issues: readonly Issue[],
  source: YamlSource,
  knownKeys: (path: readonly PropertyKey[]) => readonly string[],
): SettingsProblem[] {
  return issues
    .slice(0, MAX_MISTAKES)
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys
            .slice(0, MAX_MISTAKES)
            .map((key) => unknownKey(issue.path, key, source, knownKeys(issue.path)))
        : [describe(issue, source)],
    );
}

function unknownKey(
  path: readonly PropertyKey[],
  key: string,
  source: YamlSource,
  known: readonly string[],
): SettingsProblem {
  const where = source.place(path, key);
  if (KEY_WORDS.test(key) && known.includes('keyVariable')) {
    const message = `'${key}' is not a setting: name the variable that holds the key with keyVariable.`;
    return { where, message };
  }
  const near = nearestName(key, known);
  const help = near === undefined ? `known here: ${known.join(', ')}` : `did you mean '${near}'?`;
  return { where, message: `unknown key '${key.slice(0, 100)}'; ${help}` };
}

function describe(issue: Issue, source: YamlSource): SettingsProblem {
  const name = issue.path.map(String).join('.') || 'the file';
  if (issue.code === 'invalid_key') {
    const key = String(issue.path.at(-1));
    const why = issue.issues[0]?.message ?? 'is no name';
    return { where: source.place(issue.path.slice(0, -1), key), message: `${name} ${why}.` };
  }
  return { where: source.place(issue.path), message: `${name} ${fault(issue)}.` };
}

function fault(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return expected(issue.expected);
    case 'invalid_union':
      return 'must be a number or a text';
    case 'too_small':
      return issue.message.startsWith('must') ? issue.message : `must be at least ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'array'
        ? `must have at most ${issue.maximum} entries`
        : `must be at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

function expected(type: string): string {
  const words: Readonly<Record<string, string>> = {
    string: 'must be a text',
    number: 'must be a number',
    int: 'must be a whole number',
    array: 'must be a list',
    boolean: 'must be true or false',
    object: 'must be a map of names and values',
    record: 'must be a map of names and values',
  };
  return words[type] ?? `must be of type ${type}`;
}
