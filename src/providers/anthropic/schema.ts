import { closedSchema, type SchemaSubset } from '../formats/closed-schema.ts';
import type { SchemaFields } from '../schema-fields.ts';

/** What Anthropic holds answers to. */
const SUBSET: SchemaSubset = {
  bounds: new Set(),
  formats: new Set([
    ...['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri'],
    ...['ipv4', 'ipv6', 'uuid'],
  ]),
  allRequired: false,
  recursive: false,
  maxDepth: 32,
  maxKeys: 5_000,
  maxOptional: 24,
  maxValues: 1_000,
};

/** Models of the time before `output_config`. */
const OLDER = /(?:^|[/.])claude-(?:2|3|instant)\b/;

const TOOL = 'json';

/**
 * The Messages API: `output_config.format`. Older models, and schemas that it cannot be told, get a tool in place of it,
 * which must be called.
 */
export const ANTHROPIC_SCHEMA: SchemaFields = {
  parameters: ({ schema }, _, modelId) => {
    const closed = OLDER.test(modelId) ? null : closedSchema(schema, SUBSET);
    if (closed !== null)
      return { output_config: { format: { type: 'json_schema', schema: closed } } };
    return {
      tools: [{ name: TOOL, description: 'Takes the answer.', input_schema: schema }],
      tool_choice: { type: 'tool', name: TOOL },
    };
  },
  tool: TOOL,
  refusal: /\boutput_config\b|\boutput[_ ]format\b|\bstructured outputs?\b/i,
};
