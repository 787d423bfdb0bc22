import type { JsonObject } from '../core/json.ts';
import type { NamedSchema, StructuredLevel } from '../core/structured-output.ts';

/** How a protocol is told which JSON an answer is to be. */
export interface SchemaFields {
  /**
   * The parameters that say it, in the protocol's own spelling; they are written where a user's parameters are.
   *
   * @param level one that `ProviderDescription.structured` has
   */
  parameters(
    schema: NamedSchema,
    level: Exclude<StructuredLevel, 'prompt'>,
    modelId: string,
  ): JsonObject;
  /** The tool whose input is the answer, where `parameters` writes one; absent: the answer is a text. */
  readonly tool?: string;
  /** The words in which servers refuse a level: it is asked one lower then. Absent: they refuse none. */
  readonly refusal?: RegExp;
}
