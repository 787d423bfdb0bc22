import { stringify } from 'yaml';
import { writeDuration } from '../../core/duration.ts';
import type { ConsortiumOptions, MemberOptions } from './consortium-options.ts';
import { readMemberWord } from './member-word.ts';

/** Writes the options of a consortium as the text of its file, in the shortest forms that are read back as the same. */
export function writeConsortium(options: ConsortiumOptions): string {
  const { members = [], arbiters = [], strategies = [], memberTimeoutMs, ...others } = options;
  const { judging, extract, confidenceThreshold, maxIterations, minIterations } = others;
  const { quorum, all, system, seed } = others;
  const document = {
    members: members.map(memberEntry),
    arbiter: arbiters.length > 1 ? [...arbiters] : arbiters[0],
    strategy: shortest(
      strategies.map(({ name, parameters }) =>
        Object.keys(parameters).length === 0 ? name : { [name]: parameters },
      ),
    ),
    ...{ judging, extract, confidenceThreshold, maxIterations, minIterations },
    memberTimeout: memberTimeoutMs === undefined ? undefined : writeDuration(memberTimeoutMs),
    ...{ quorum, all, system, seed },
  };
  return stringify(document, { lineWidth: 0, version: '1.2', schema: 'core' });
}

function memberEntry(member: MemberOptions): unknown {
  const { model, count, ...own } = member;
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length === 0) {
    for (const word of count === 1 ? [model, `${model}:1`] : [`${model}:${count}`]) {
      const read = readMemberWord(word);
      if ('value' in read && read.value.model === model && read.value.count === count) return word;
    }
  }
  return { model, ...(count !== 1 && { count }), ...given };
}

function shortest(list: readonly unknown[]): unknown {
  if (list.length === 0) return undefined;
  return list.length === 1 ? list[0] : list;
}
