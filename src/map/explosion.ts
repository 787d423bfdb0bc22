import { parseExactJson } from '../core/exact-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { plainLine } from '../core/plain-text.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { type Member, membersOf, objectText, withNew, withReplaced } from './members.ts';
import { programRow } from './program-row.ts';

/** Names in one message. */
const MOST_NAMED = 10;

/** Makes rows of the lists of objects in one column; two looks: first at what there is, then row by row. */
export class Explosion {
  readonly #column: string;
  readonly #keepsSource: boolean;
  readonly #overwrites: boolean;
  readonly #clashes = new Set<string>();
  readonly #names = new Set<string>();
  readonly #keys = new Set<string>();
  /** A row has no list in it: its cell stays, and with it the column. */
  #isNeeded = false;

  constructor(
    column: string,
    { keepsSource, overwrites }: { readonly keepsSource: boolean; readonly overwrites: boolean },
  ) {
    this.#column = column;
    this.#keepsSource = keepsSource;
    this.#overwrites = overwrites;
  }

  /** Learns from a row. */
  look(text: string): void {
    const members = membersOf(text);
    for (const { name } of members) this.#names.add(name);
    const objects = objectsIn(members.findLast(({ name }) => name === this.#column));
    if (objects === null) this.#isNeeded = true;
    for (const object of objects ?? []) for (const key of Object.keys(object)) this.#keys.add(key);
  }

  /** @throws TuttiError `bad_input` where the column is not there, or a key of an object is a column already */
  endLook(): void {
    if (this.#names.size > 0 && !this.#names.has(this.#column)) {
      const known = [...this.#names].slice(0, MOST_NAMED).map(quoted).join(', ');
      throw new TuttiError('bad_input', `there is no column ${quoted(this.#column)} to explode`, {
        hint: `The columns are ${known}.`,
      });
    }
    const isKept = this.#keepsSource || this.#isNeeded;
    for (const key of this.#keys) {
      if (this.#names.has(key) && (key !== this.#column || isKept)) this.#clashes.add(key);
    }
    if (this.#clashes.size === 0 || this.#overwrites) return;
    const names = [...this.#clashes].slice(0, MOST_NAMED).map(quoted).join(', ');
    throw new TuttiError(
      'bad_input',
      `objects in ${quoted(this.#column)} have keys that are columns already: ${names}`,
      { hint: '--overwrite lets the objects have them.' },
    );
  }

  /** True for a column whose values may be those of objects; known behind the look. */
  changes(column: string): boolean {
    return column === this.#column || this.#clashes.has(column);
  }

  /** The rows that a row becomes. */
  rowsOf(text: string): readonly string[] {
    const members = membersOf(text);
    const objects = objectsIn(members.findLast(({ name }) => name === this.#column));
    if (objects === null) return [text];
    const isKept = this.#keepsSource || this.#isNeeded;
    const base = isKept ? text : objectText(members.filter(({ name }) => name !== this.#column));
    return objects.map((object) => {
      const added = Object.entries(object).map(([name, value]) => ({
        name,
        value: JSON.stringify(value ?? null),
      }));
      return this.#clashes.size > 0 ? withReplaced(base, added) : withNew(base, added);
    });
  }
}

/** Makes rows of the lists of objects in one column. @throws TuttiError `bad_input` as `Explosion.endLook` does */
export function explodedRows(
  rows: readonly JsonObject[],
  column: string,
  {
    keepSource = false,
    overwrite = false,
  }: { readonly keepSource?: boolean; readonly overwrite?: boolean } = {},
): readonly JsonObject[] {
  const explosion = new Explosion(column, { keepsSource: keepSource, overwrites: overwrite });
  const texts = rows.map((row) => JSON.stringify(row));
  for (const text of texts) explosion.look(text);
  explosion.endLook();
  return texts.flatMap((text) => explosion.rowsOf(text).map(programRow));
}

/** The objects that a cell holds: of a list of objects, or one; null where it holds none. */
function objectsIn(member: Member | undefined): readonly JsonObject[] | null {
  if (member === undefined) return null;
  return objectsOfCell(parseExactJson(member.value));
}

/** The objects of a list of objects, or an object, be it the value of a cell or JSON in its text; null: it holds none. */
export function objectsOfCell(cell: JsonValue): readonly JsonObject[] | null {
  const value = cellValue(cell);
  if (Array.isArray(value)) {
    return value.length > 0 && value.every(isJsonObject) ? (value as readonly JsonObject[]) : null;
  }
  return isJsonObject(value) && !JSON.isRawJSON(value) ? [value] : null;
}

/** A cell is JSON, or a text that is JSON. */
function cellValue(value: JsonValue): JsonValue {
  if (typeof value !== 'string') return value;
  if (!/^\s*[[{]/.test(value)) return null;
  try {
    return parseExactJson(value);
  } catch {
    return null;
  }
}

function quoted(name: string): string {
  return JSON.stringify(plainLine(name, 60));
}
