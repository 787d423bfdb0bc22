import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { nodeFiles, readLines } from '../../io/index.ts';
import { type Preference, readPreference, verdictLines } from '../../panel/index.ts';
import type { AddedKeys, RecordKeys, RunFolder } from '../../store/index.ts';
import { VERDICTS_FILE } from './removed-files.ts';
import { writeLines } from './write-lines.ts';

/** Counts the rankings in the records of a study; adds no keys to them. All records are given once. */
export class VerdictCounter implements RecordKeys {
  readonly names = [];
  /** Rankings. */
  given = 0;
  /** Verdicts without one. */
  missing = 0;

  async of(records: readonly string[]): Promise<readonly AddedKeys[]> {
    for (const record of records) {
      for (const { status } of preferenceIn(JSON.parse(record))?.verdicts ?? []) {
        if (status === 'ok') this.given++;
        else this.missing++;
      }
    }
    return records.map(() => new Map());
  }
}

/**
 * Writes the verdicts that the records of a run have, a line each; nothing where it has no records.
 *
 * @throws TuttiError `file_unwritable`, `disk_full`
 */
export async function writeVerdicts(folder: RunFolder): Promise<void> {
  const isThere = await nodeFiles.stat(folder.completed).then(
    () => true,
    () => false,
  );
  if (isThere) await writeLines(join(folder.path, VERDICTS_FILE), linesOf(folder.completed));
}

async function* linesOf(records: string): AsyncGenerator<string> {
  for await (const lines of readLines(records)) {
    for (const { text } of lines) {
      const record = JSON.parse(text) as JsonObject;
      const { prompt_id: prompt, round } = record;
      const preference = preferenceIn(record);
      if (preference === undefined || typeof prompt !== 'string') continue;
      const place = { prompt, round: typeof round === 'number' ? round : 1 };
      for (const line of verdictLines(preference, place)) yield JSON.stringify(line);
    }
  }
}

function preferenceIn({ answer }: JsonObject): Preference | undefined {
  return isJsonObject(answer) ? readPreference(answer.preference) : undefined;
}
