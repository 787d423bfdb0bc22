import { freeInputKey, withAddition } from './record-text.ts';
import { renameTopLevelKeys, type TopLevelKey, topLevelKeys } from './top-level-keys.ts';

/** Keys that a record gets behind its answer: the JSON text of each value by its name. */
export type AddedKeys = ReadonlyMap<string, string>;

/** What adds keys to records, such as scores and verdicts. */
export interface RecordKeys {
  /** Every key that it may add. */
  readonly names: readonly string[];
  /**
   * Gives the keys of records, JSON lines in input order; a failed one has an `answer` whose status is `error`.
   * `earlier` has, for each, what was added before under the same names and goes.
   */
  readonly of: (
    records: readonly string[],
    earlier: readonly AddedKeys[],
  ) => Promise<readonly AddedKeys[]>;
}

/** Records that are asked for their keys together; as many characters are enough, too. */
const BATCH_RECORDS = 256;
const BATCH_CHARACTERS = 4 * 1024 * 1024;

/** Adds keys to records, some hundred at a time, so that memory does not grow with a run. */
export class KeyAdder {
  readonly #sources: readonly RecordKeys[];
  readonly #names: ReadonlySet<string>;
  readonly #mayHoldName: RegExp;

  constructor(sources: readonly RecordKeys[]) {
    this.#sources = sources;
    this.#names = new Set(sources.flatMap(({ names }) => names));
    const spelt = [...this.#names].map((name) => `"${name.replace(/[^\w-]/g, '\\$&')}"`);
    // A key may be spelt with escapes, too.
    this.#mayHoldName = new RegExp([...spelt, '\\\\u00'].join('|'));
  }

  /** True when so much should be added to now. */
  static isFull(records: number, characters: number): boolean {
    return records >= BATCH_RECORDS || characters >= BATCH_CHARACTERS;
  }

  /** Gives records with their keys; the given ones of the same names become the input's, or go. */
  async add(records: readonly string[]): Promise<string[]> {
    const bare = records.map((record) => this.withoutNames(record));
    const earlier = records.map((record) => this.#earlierKeys(record));
    const added = await Promise.all(this.#sources.map((source) => source.of(bare, earlier)));
    return bare.map((record, at) =>
      withKeys(
        record,
        added.map((keys) => keys[at]!),
      ),
    );
  }

  /**
   * A record in which the names are free: a key of its row is carried as `input-KEY`; one that was added before is
   * gone. What stands behind `answer` was added: the row's own stands before it.
   */
  withoutNames(record: string): string {
    if (this.#names.size === 0 || !this.#mayHoldName.test(record)) return record;
    let text = '';
    let copied = 0;
    for (const { start, end } of this.#added(record)) {
      text += record.slice(copied, start);
      copied = end;
    }
    return renameTopLevelKeys(text + record.slice(copied), (key, all) =>
      this.#names.has(key) ? freeInputKey(key, all) : key,
    );
  }

  #earlierKeys(record: string): AddedKeys {
    if (!this.#mayHoldName.test(record)) return new Map();
    return new Map(
      this.#added(record).map(({ name, value, end }) => [name, record.slice(value, end)]),
    );
  }

  /** What was added before under the names, in order. */
  #added(record: string): AddedKey[] {
    const keys = topLevelKeys(record);
    const answer = answerPlace(record, keys);
    if (answer < 0) return [];
    return keys.flatMap((key, at) => {
      if (at <= answer || !this.#names.has(key.name)) return [];
      const next = keys[at + 1];
      return {
        name: key.name,
        start: record.lastIndexOf(',', key.start),
        value: record.indexOf(':', key.end) + 1,
        end: next === undefined ? record.lastIndexOf('}') : record.lastIndexOf(',', next.start),
      };
    });
  }
}

/** Where a key that was added stands: from the comma before it to the end of its value. */
interface AddedKey {
  readonly name: string;
  readonly start: number;
  /** Where its value begins. */
  readonly value: number;
  readonly end: number;
}

function withKeys(record: string, added: readonly AddedKeys[]): string {
  let addition = '';
  for (const keys of added) {
    for (const [name, json] of keys) addition += `,${JSON.stringify(name)}:${json}`;
  }
  return addition === '' ? record : withAddition(record, `${addition}}`);
}

/** Which key holds the answer of a record; -1 in a row that is none. */
function answerPlace(record: string, keys: readonly TopLevelKey[]): number {
  return keys.findIndex(
    ({ name, end }, at) =>
      name === 'answer' &&
      keys[at - 1]?.name === 'response' &&
      record.startsWith(':{"status":', end),
  );
}
