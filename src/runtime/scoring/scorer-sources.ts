import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import type { ScorerSource } from '../../experiment/scores/index.ts';
import { readScorerRequest, SCORERS, type ScorerRequest } from '../../scorers/index.ts';
import type { ScoreOptions } from './score-options.ts';

/** The scorers that were asked for, and everything that is wrong with how they were. */
export interface FoundScorers {
  readonly sources: readonly ScorerSource[];
  readonly problems: readonly string[];
}

/** Reads what scorers are named, and the files that they name. */
export async function scorerSources(
  { scores = [], thresholds = [], unit, compare = [] }: ScoreOptions,
  workingFolder: string,
): Promise<FoundScorers> {
  const problems: string[] = [];
  const sources: ScorerSource[] = [];
  const keys = new Set<string>();
  for (const text of scores) {
    const request = readScorerRequest(text);
    if ('problem' in request) {
      problems.push(request.problem);
      continue;
    }
    const { key } = request;
    if (keys.has(key)) {
      problems.push(
        `Two scorers have the key ${quoted(key)}: name one of them otherwise, with KEY=.`,
      );
    }
    keys.add(key);
    const source = await sourceOf(request, workingFolder);
    if (typeof source === 'string') problems.push(source);
    else sources.push(source);
  }
  for (const { key } of thresholds) {
    if (keys.has(key)) continue;
    const have = keys.size === 0 ? 'nothing is scored' : `there is ${[...keys].join(', ')}`;
    problems.push(`The threshold of ${quoted(key)} is of no key that is scored: ${have}.`);
  }
  if (scores.length === 0) {
    const flags = [
      ...(unit === undefined ? [] : ['--unit']),
      ...(compare.length > 0 ? ['--compare'] : []),
    ];
    if (flags.length > 0) problems.push(`${flags.join(', ')} without --score: nothing is scored.`);
  }
  return { sources, problems };
}

/** @returns what is wrong, as a sentence, where its file cannot be read */
async function sourceOf(
  { key, name, argument, isFile }: ScorerRequest,
  workingFolder: string,
): Promise<ScorerSource | string> {
  const source = { key, argument, content: '' };
  if (isFile) return { ...source, name: null, path: resolve(workingFolder, name) };
  if (SCORERS[name]?.isFile !== true) return { ...source, name, path: null };
  try {
    const content = await readFile(resolve(workingFolder, argument), 'utf8');
    return { ...source, content, name, path: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `The file of --score ${name}:${plainLine(argument, 500)} cannot be read: ${plainLine(why, 500)}.`;
  }
}

function quoted(text: string): string {
  return JSON.stringify(plainLine(text, 60));
}
