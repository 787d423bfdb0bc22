import { join } from 'node:path';
import type { JsonValue } from '../../core/json.ts';
import { nodeFiles, readLines, writeFileAtomically } from '../../io/index.ts';
import type { RunFolder } from '../../store/index.ts';
import { type Aggregates, recordKey } from './aggregates.ts';
import { readAggregates } from './read-aggregates.ts';

const MOST_BYTES = 64 * 1024 * 1024;

/** The path of the summary of a run. */
export function summaryFile({ path }: RunFolder): string {
  return join(path, 'summary.json');
}

/**
 * Writes `summary.json` of a run; what an earlier one says of other keys is kept.
 *
 * @param keys those that records were given anew, also where there is nothing to say of them, as of labels
 * @returns the aggregates of all keys
 * @throws TuttiError `file_unwritable`, `disk_full`
 */
export async function writeSummary(
  folder: RunFolder,
  aggregates: Aggregates,
  keys: readonly string[],
): Promise<Aggregates> {
  const all = joined(await readSummary(folder), aggregates, new Set(keys));
  await writeFileAtomically(
    summaryFile(folder),
    `${JSON.stringify({ aggregates: all }, null, 2)}\n`,
  );
  return all;
}

/** Reads the aggregates of a run's `summary.json`; without one, or with one that is none, there are none. */
export async function readSummary(folder: RunFolder): Promise<Aggregates> {
  return readAggregates(await readJson(summaryFile(folder)));
}

async function readJson(path: string): Promise<JsonValue> {
  try {
    const { isFile, size } = await nodeFiles.lstat(path);
    // What is no plain file is not waited for, and what is so large is no summary.
    if (!isFile || size > MOST_BYTES) return null;
    let text = '';
    for await (const lines of readLines(path)) for (const line of lines) text += line.text;
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}

function joined(before: Aggregates, now: Aggregates, keys: ReadonlySet<string>): Aggregates {
  const isKept = ({ key }: { readonly key: string }) => !keys.has(recordKey(key));
  return {
    scores: [...before.scores.filter(isKept), ...now.scores],
    pairs: [...before.pairs.filter(isKept), ...now.pairs],
    sensitivity: [...before.sensitivity.filter(isKept), ...now.sensitivity],
  };
}
