import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { nodeFiles, readLines, writeFileAtomically } from '../../io/index.ts';
import type { RunFolder } from '../../store/index.ts';
import type { Aggregates } from './aggregates.ts';

const MOST_BYTES = 64 * 1024 * 1024;

/** The path of the summary of a run. */
export function summaryFile({ path }: RunFolder): string {
  return join(path, 'summary.json');
}

/**
 * Writes `summary.json` of a run; what an earlier one says of other keys is kept.
 *
 * @returns the aggregates of all keys
 * @throws TuttiError `file_unwritable`, `disk_full`
 */
export async function writeSummary(folder: RunFolder, aggregates: Aggregates): Promise<Aggregates> {
  const path = summaryFile(folder);
  const all = joined(await readAggregates(path), aggregates);
  await writeFileAtomically(path, `${JSON.stringify({ aggregates: all }, null, 2)}\n`);
  return all;
}

/** Reads the aggregates of a run's `summary.json`; without one, or with one that is none, there are none. */
export async function readSummary(folder: RunFolder): Promise<Aggregates> {
  return joined(await readAggregates(summaryFile(folder)), {
    scores: [],
    pairs: [],
    sensitivity: [],
  });
}

async function readAggregates(path: string): Promise<JsonObject> {
  try {
    const { isFile, size } = await nodeFiles.lstat(path);
    // What is no plain file is not waited for, and what is so large is no summary.
    if (!isFile || size > MOST_BYTES) return {};
    let text = '';
    for await (const lines of readLines(path)) for (const line of lines) text += line.text;
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && isJsonObject(value.aggregates) ? value.aggregates : {};
  } catch {
    return {};
  }
}

function joined(before: JsonObject, now: Aggregates): Aggregates {
  const keys = new Set(now.scores.map(({ key }) => key));
  const kept = <Entry>(entries: unknown): Entry[] =>
    Array.isArray(entries)
      ? entries.filter((one) => isJsonObject(one) && !keys.has(String(one.key)))
      : [];
  return {
    scores: [...kept<Aggregates['scores'][number]>(before.scores), ...now.scores],
    pairs: [...kept<Aggregates['pairs'][number]>(before.pairs), ...now.pairs],
    sensitivity: [
      ...kept<Aggregates['sensitivity'][number]>(before.sensitivity),
      ...now.sensitivity,
    ],
  };
}
