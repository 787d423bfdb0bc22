import type { JsonObject } from '../../core/json.ts';
export interface OutputForm {
  readonly name: string;
  readonly columns: readonly string[];
  readonly schema: JsonObject;
  readonly isList: boolean;
  readonly isClosed: boolean;
}
export interface DataReading {
  readonly objects: readonly JsonObject[];
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  readonly repaired: boolean;
  readonly droppedKeys: number;
  readonly isEmpty: boolean;
}
export function outputForm(_given: {
  columns?: string | undefined;
  single?: boolean | undefined;
  schema?: JsonObject | undefined;
  maxObjects?: number | undefined;
}): OutputForm | { readonly problems: readonly string[] } {
  throw new Error('stub');
}
export function readData(
  _text: string,
  _finishReason: string | null,
  _form: OutputForm,
): DataReading {
  throw new Error('stub');
}
export function bestReading(readings: readonly DataReading[]): DataReading {
  return readings[0]!;
}
export function reaskMessage(_reading: DataReading): string {
  return '';
}
