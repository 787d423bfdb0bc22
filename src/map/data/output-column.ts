import type { JsonObject } from '../../core/json.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { plainLine } from '../../core/plain-text.ts';

/** A column that is asked for. */
export interface OutputColumn {
  readonly name: string;
  /** False: an object may lack it, or have null in its place. */
  readonly isRequired: boolean;
  /** True: its value is a list. */
  readonly isList: boolean;
  /** What its value, or each element of it, is. */
  readonly type: 'string' | 'integer' | 'number' | 'boolean';
  /** The texts that are allowed; null: any. */
  readonly choices: readonly string[] | null;
}

const TYPES = ['string', 'integer', 'number', 'boolean'] as const;
/** What types are called elsewhere. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['str', 'string'],
  ['text', 'string'],
  ['int', 'integer'],
  ['float', 'number'],
  ['bool', 'boolean'],
]);
/** Words that, among choices, mean a type and no text. */
const TYPE_WORDS: readonly string[] = [...TYPES, ...OTHER_NAMES.keys(), 'object', 'array', 'null'];
const LIST = '[]';

/**
 * Reads `question,score:integer,tags:string[],label:a|b,note?:string`: names of columns, each with its type, which is
 * `string` where nothing is said. `?` behind a name makes it optional, `[]` behind a type a list of it, `|` divides the
 * texts that are allowed; a list of such texts is `(a|b)[]`.
 *
 * @returns the columns, or all that is wrong
 */
export function readColumns(
  text: string,
): { readonly columns: readonly OutputColumn[] } | { readonly problems: readonly string[] } {
  const problems: string[] = [];
  const columns = text.split(',').map((part) => readColumn(part.trim(), problems));
  const names = columns.map(({ name }) => name);
  for (const name of new Set(names)) {
    if (name !== '' && names.indexOf(name) !== names.lastIndexOf(name)) {
      problems.push(`--columns has ${shown(name)} more than once`);
    }
  }
  if (text.trim() === '') return { problems: ['--columns is empty: name what comes out'] };
  return problems.length > 0 ? { problems } : { columns };
}

/** The JSON Schema of objects that have these columns, and no other key. */
export function columnsSchema(columns: readonly OutputColumn[]): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(columns.map((column) => [column.name, columnSchema(column)])),
    required: columns.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    additionalProperties: false,
  };
}

function columnSchema({ type, choices, isList }: OutputColumn): JsonObject {
  const one: JsonObject = choices === null ? { type } : { type, enum: choices };
  return isList ? { type: 'array', items: one } : one;
}

function readColumn(part: string, problems: string[]): OutputColumn {
  const colon = part.indexOf(':');
  const written = (colon < 0 ? part : part.slice(0, colon)).trim();
  const isRequired = !written.endsWith('?');
  const name = isRequired ? written : written.slice(0, -1).trim();
  const nothing = { name, isRequired, isList: false, type: 'string', choices: null } as const;
  if (name === '') {
    problems.push(`--columns has ${part === '' ? 'a comma' : shown(part)} without a name`);
    return nothing;
  }
  if (name === '__proto__') problems.push('--columns: no column can be called "__proto__"');
  if (colon < 0) return nothing;
  const type = readType(part.slice(colon + 1).trim());
  if (typeof type === 'object') return { ...nothing, ...type };
  problems.push(`--columns: ${shown(name)} ${type}`);
  return nothing;
}

/** A type, or what is wrong with it as the end of a sentence. */
function readType(written: string): Pick<OutputColumn, 'isList' | 'type' | 'choices'> | string {
  const isList = written.endsWith(LIST);
  const list = isList ? written.slice(0, -LIST.length).trim() : written;
  const isGroup = list.startsWith('(') && list.endsWith(')');
  const one = isGroup ? list.slice(1, -1) : list;
  const known = TYPES.find((type) => type === one.trim());
  if (known !== undefined) return { isList, type: known, choices: null };
  if (!one.includes('|')) {
    const near = OTHER_NAMES.get(one) ?? nearestName(one, TYPES);
    const hint =
      near === undefined ? `there are ${TYPES.join(', ')}, and texts as a|b` : `${near} is one`;
    return `is of no known type, ${shown(one)}: ${hint}`;
  }
  if (isList && !isGroup) return `is a list of texts: write (${one})[]`;
  const choices = one.split('|').map((choice) => choice.trim());
  if (choices.includes('')) return `allows ${shown(written)}, of which one is empty`;
  if (new Set(choices).size < choices.length) return `allows ${shown(written)}, one more than once`;
  const type = choices.find((choice) => TYPE_WORDS.includes(choice));
  if (type === undefined) return { isList, type: 'string', choices };
  return `cannot be of several types, as ${shown(written)} is: --schema can say that`;
}

function shown(text: string): string {
  return JSON.stringify(plainLine(text, 60));
}
