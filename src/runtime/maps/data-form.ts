import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { type DataOutput, outputForm } from '../../map/index.ts';
import type { MapRequest } from './map-request.ts';
import { readText } from './read-texts.ts';

/**
 * Reads which objects come out, or what is wrong with how it is said. What that takes is loaded only then.
 *
 * @throws TuttiError where the file of a schema cannot be read
 */
export async function dataForm(
  {
    columns,
    schema,
    single,
    maxObjects,
  }: Pick<MapRequest, 'columns' | 'schema' | 'single' | 'maxObjects'>,
  workingFolder: string,
): Promise<DataOutput['form'] | { readonly problems: readonly string[] }> {
  if (schema === undefined) return outputForm({ columns, single, maxObjects });
  if (columns !== undefined)
    return { problems: ['--columns and --schema both say what comes out'] };
  const read = typeof schema === 'string' ? await schemaFile(schema, workingFolder) : schema;
  return typeof read === 'string'
    ? { problems: [read] }
    : outputForm({ schema: read, single, maxObjects });
}

/** The schema of a file, or what is wrong with it. */
async function schemaFile(path: string, workingFolder: string): Promise<JsonObject | string> {
  const text = await readText(path, workingFolder);
  const name = plainLine(path, 500);
  try {
    const schema = JSON.parse(text) as JsonValue;
    return isJsonObject(schema) ? schema : `${name} is no JSON Schema: it is no object`;
  } catch (error) {
    return `${name} is no JSON: ${plainLine((error as Error).message, 200)}`;
  }
}
