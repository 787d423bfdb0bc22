import type { JsonObject, JsonValue } from '../../core/json.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { SchemaMistake } from '../../json-schema/index.ts';
import { columnsSchema, type OutputColumn, readColumns } from './output-column.ts';
import { readRoot, wireSchema } from './schema-root.ts';

/** What an answer holds: which objects, and how they are read. */
export interface OutputForm {
  /** What models know it as. */
  readonly name: 'rows' | 'row';
  /** The columns that are named for the output, in order. */
  readonly columns: readonly string[];
  /** The JSON Schema that is sent: its root is an object, `{"rows": […]}` where the answer is a list. */
  readonly schema: JsonObject;
  /** True: a list of objects, a row each; false: one object. */
  readonly isList: boolean;
  /** Most objects of one answer. */
  readonly maxObjects: number;
  /** The columns with their types; null where a schema says all. */
  readonly typed: readonly OutputColumn[] | null;
  /** What is wrong with a list, or with an object. */
  readonly mistakesIn: (value: JsonValue) => readonly SchemaMistake[];
  /** The first mistake in it, with its place; null where there is none. */
  readonly firstMistakeIn: (value: JsonValue) => string | null;
  /** Makes JSON of what is nearly JSON; may throw. */
  readonly repair: (text: string) => string;
}

/** How it is said what comes out: by `columns` or by a `schema`. */
export interface GivenForm {
  /** See `readColumns`. */
  readonly columns?: string | undefined;
  /** One object for each row of the input; default false: a list of them. */
  readonly single?: boolean | undefined;
  /** A JSON Schema: an array at its root gives a list, an object one. */
  readonly schema?: JsonObject | undefined;
  /** Default 1,000. */
  readonly maxObjects?: number | undefined;
}

const DEFAULT_MAX_OBJECTS = 1_000;

/** Reads what comes out; loads what reading answers takes. All that is wrong is said. */
export async function outputForm(
  given: GivenForm,
): Promise<OutputForm | { readonly problems: readonly string[] }> {
  const read = given.schema === undefined ? ofColumns(given) : ofSchema(given.schema, given);
  if ('problems' in read) return read;
  const [{ readJsonSchema }, { jsonrepair }] = await Promise.all([
    import('../../json-schema/index.ts'),
    import('jsonrepair'),
  ]);
  const { checked, ...form } = read;
  try {
    const { mistakesIn, mistakeIn: firstMistakeIn } = readJsonSchema(checked);
    const { maxObjects = DEFAULT_MAX_OBJECTS } = given;
    return { ...form, maxObjects, mistakesIn, firstMistakeIn, repair: jsonrepair };
  } catch (error) {
    if (!(error instanceof TuttiError)) throw error;
    return { problems: [`--schema: ${error.message}`] };
  }
}

/** What is known of a form before anything is loaded, and the schema of what is in it. */
type ReadForm = Omit<OutputForm, 'maxObjects' | 'mistakesIn' | 'firstMistakeIn' | 'repair'> & {
  readonly checked: JsonObject;
};

function ofColumns({
  columns = '',
  single = false,
}: GivenForm): ReadForm | { readonly problems: readonly string[] } {
  const read = readColumns(columns);
  if ('problems' in read) return read;
  const object = columnsSchema(read.columns);
  const names = read.columns.map(({ name }) => name);
  const checked: JsonObject = single ? object : { type: 'array', items: object };
  return formOf(checked, { isList: !single, columns: names }, read.columns);
}

function ofSchema(
  schema: JsonObject,
  { single = false }: GivenForm,
): ReadForm | { readonly problems: readonly string[] } {
  const root = readRoot(schema);
  if ('problem' in root) return { problems: [`--schema: ${root.problem}`] };
  if (single && root.isList) {
    return { problems: ['--single does not fit --schema: there is a list at its root'] };
  }
  return formOf(schema, root, null);
}

function formOf(
  checked: JsonObject,
  root: { readonly isList: boolean; readonly columns: readonly string[] },
  typed: readonly OutputColumn[] | null,
): ReadForm {
  const name = root.isList ? 'rows' : 'row';
  return { name, ...root, schema: wireSchema(checked, root), typed, checked };
}
