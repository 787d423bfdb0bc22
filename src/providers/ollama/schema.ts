import type { SchemaFields } from '../schema-fields.ts';

/** Ollama: `format`, the schema itself; versions before 0.5 know only the word `json`. */
export const OLLAMA_SCHEMA: SchemaFields = {
  parameters: ({ schema }, level) => ({ format: level === 'json_object' ? 'json' : schema }),
  refusal:
    /\bChatRequest\.format\b|\bformat\b.{0,60}\b(?:invalid|unsupported|not supported)\b|\b(?:invalid|unsupported) format\b|\bjson schema\b|\bgrammar\b/i,
};
