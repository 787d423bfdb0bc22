import type { SchemaFields } from '../schema-fields.ts';

const MIME_TYPE = 'application/json';

/** Gemini: `generationConfig`, where its other parameters are; it passes over what of a schema it does not know. */
export const GEMINI_SCHEMA: SchemaFields = {
  parameters: ({ schema }, level) =>
    level === 'json_object'
      ? { responseMimeType: MIME_TYPE }
      : { responseMimeType: MIME_TYPE, responseJsonSchema: schema },
  refusal: /\bresponse_?(?:json_?)?schema\b|\bresponse_?mime_?type\b|\bJSON mode\b/i,
};

/** What of structured output it can be told, and the parameters with which a user says the same. */
export const GEMINI_STRUCTURED = {
  levels: ['json_schema', 'json_object', 'prompt'],
  parameters: ['responseMimeType', 'responseSchema', 'responseJsonSchema'].flatMap((name) => [
    name,
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    `generationConfig.${name}`,
    `generation_config.${name}`,
  ]),
} as const;
