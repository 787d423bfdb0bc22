import { pathToFileURL } from 'node:url';
import { messageOf } from '../../core/thrown-message.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { RowValue } from '../summary/index.ts';
import type { RecordScore, ScorerProgram } from './record-score.ts';

/** What a user's file may export; a record is the object of its line. */
interface CustomScorer {
  readonly score?: unknown;
  readonly scoreBatch?: unknown;
}

/**
 * Loads a scorer from a file of the user, which is code that runs here.
 *
 * @throws TuttiError `bad_usage` when it cannot be loaded or exports neither `score` nor `scoreBatch`
 */
export async function customProgram(path: string): Promise<ScorerProgram> {
  const { score, scoreBatch } = await load(path);
  if (typeof scoreBatch === 'function') {
    return {
      mode: 'batch',
      score: async (records) => {
        const values: unknown = await scoreBatch(records.map((record) => JSON.parse(record)));
        if (!Array.isArray(values) || values.length !== records.length) {
          throw new Error(`scoreBatch did not give a list of ${records.length} values`);
        }
        return values.map(checked);
      },
    };
  }
  if (typeof score === 'function') {
    return {
      mode: 'each',
      score: (records) =>
        Promise.all(records.map(async (record) => checked(await score(JSON.parse(record))))),
    };
  }
  throw new TuttiError('bad_usage', 'it exports neither score(record) nor scoreBatch(records)');
}

async function load(path: string): Promise<CustomScorer> {
  try {
    const loaded = (await import(pathToFileURL(path).href)) as CustomScorer &
      Record<'default', unknown>;
    // What a CommonJS file exports is not always seen as names.
    return { ...(loaded.default as CustomScorer | undefined), ...loaded };
  } catch (cause) {
    const isCommon = cause instanceof SyntaxError && /\.[jt]s$/.test(path);
    const hint = isCommon
      ? 'Name it .mts, or .mjs, where the nearest package.json does not say "type": "module".'
      : undefined;
    throw new TuttiError('bad_usage', `it cannot be loaded: ${messageOf(cause)}`, { cause, hint });
  }
}

function checked(value: unknown): RecordScore {
  const values = Array.isArray(value) ? value : [value];
  const wrong = values.find((one) => !isValue(one));
  if (wrong === undefined && values.every(isValue)) return { value: value as RowValue };
  const kinds = 'a number, true, false, a text, null, or a list of these';
  return { value: null, error: `it gave ${described(wrong)}, not ${kinds}` };
}

function isValue(value: unknown): value is RowValue {
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || typeof value === 'boolean' || typeof value === 'string';
}

function described(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return value === undefined ? 'nothing' : `a value of type ${typeof value}`;
}
