import type { JsonObject } from '../../core/json.ts';

/** The form in which an answer is asked for. */
export interface AskedFormat {
  /** How it was asked: a schema that is enforced, any JSON, a tool that must be called, or words alone. */
  readonly level: 'json_schema' | 'json_object' | 'tool' | 'prompt';
  /** Null where none is given. */
  readonly schema: JsonObject | null;
  /** The name of the tool. */
  readonly tool?: string;
}
