/** A schema that asks for rows of two columns, as strict as vendors want it. */
export const ROWS_SCHEMA = {
  type: 'object',
  properties: {
    rows: {
      type: 'array',
      items: {
        type: 'object',
        properties: { question: { type: 'string' }, score: { type: 'integer' } },
        required: ['question', 'score'],
        additionalProperties: false,
      },
    },
  },
  required: ['rows'],
  additionalProperties: false,
};

/** How it is asked for at OpenAI. */
export const STRICT_ROWS = { name: 'rows', schema: ROWS_SCHEMA, strict: true };
